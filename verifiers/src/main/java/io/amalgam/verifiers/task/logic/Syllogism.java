package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a conclusion follows from two premises about three terms.
 *
 * <p>The labels are the original's, which calls some arguments valid that commit the fallacy of the
 * undistributed middle.
 */
public final class Syllogism extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("syllogism", "logic")
          .flag("allow_all", true)
          .flag("allow_no", true)
          .flag("allow_some", true)
          .flag("allow_some_not", true)
          .number("invalid_ratio", 0.3)
          .number("inversion_probability", 0.3)
          .madeBy(Syllogism::new);

  /** Plurals of the terms, in the order that decides the draws. */
  private static final List<String> TERMS =
      List.of(
          ("mortals humans children adults parents grandparents philosophers students teachers doctors scientists"
                  + " artists musicians writers programmers engineers lawyers chefs animals mammals dogs cats birds"
                  + " fish reptiles insects butterflies bees ants spiders horses elephants lions tigers whales"
                  + " dolphins")
              .split(" "));

  private static final int TRIES = 100;

  private final Config config;

  private Syllogism(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      List<Quantifier> quantifiers,
      List<Quantifier> withoutSomeNot,
      double invalidRatio,
      double inversionProbability) {
    static Config of(FieldValues values) {
      List<Quantifier> allowed = new ArrayList<>();
      for (Quantifier quantifier : Quantifier.values()) {
        if (values.flag(quantifier.field())) {
          allowed.add(quantifier);
        }
      }
      values.require(!allowed.isEmpty(), "allow_all", "true if no other quantifier is allowed");
      return new Config(
          List.copyOf(allowed),
          allowed.stream().filter(quantifier -> quantifier != Quantifier.SOME_NOT).toList(),
          probability(values, "invalid_ratio"),
          probability(values, "inversion_probability"));
    }

    private static double probability(FieldValues values, String field) {
      double value = values.number(field);
      values.require(value >= 0 && value <= 1, field, "between 0 and 1");
      return value;
    }
  }

  /** A statement about two terms. */
  private record Statement(Quantifier quantifier, String subject, String predicate) {
    Statement converse(Quantifier newQuantifier) {
      return new Statement(newQuantifier, predicate, subject);
    }

    @Override
    public String toString() {
      return quantifier.statement(subject, predicate);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<String> terms = random.sample(TERMS, 3);
    return random.random() < config.inversionProbability
        ? inversion(random, index, terms)
        : categorical(random, index, terms);
  }

  /** One premise is turned round; the other distracts. */
  private Problem inversion(PythonRandom random, int index, List<String> terms) {
    List<Statement> premises = new ArrayList<>();
    Quantifier first = random.choice(config.quantifiers);
    Quantifier second = random.choice(config.quantifiers);
    premises.add(new Statement(first, terms.get(0), terms.get(1)));
    premises.add(new Statement(second, terms.get(1), terms.get(2)));
    int selected = random.random() < 0.5 ? 0 : 1;
    boolean wantValid = random.random() > config.invalidRatio;
    Statement premise = premises.get(selected);
    Statement conclusion;
    if (wantValid) {
      if (premise.quantifier == Quantifier.SOME_NOT) {
        premise =
            new Statement(random.choice(config.withoutSomeNot), premise.subject, premise.predicate);
        premises.set(selected, premise);
      }
      conclusion =
          premise.converse(premise.quantifier == Quantifier.NO ? Quantifier.NO : Quantifier.SOME);
    } else {
      conclusion = premise.converse(random.choice(wrongConverses(premise.quantifier)));
    }
    boolean valid = premise.quantifier.convertsTo(conclusion.quantifier);
    ObjectNode metadata = premisesOf(index, premises);
    metadata.put("selected_premise", selected + 1);
    return concluded(index, premises, conclusion, valid, "inversion", metadata);
  }

  private List<Quantifier> wrongConverses(Quantifier quantifier) {
    return switch (quantifier) {
      case NO -> List.of(Quantifier.ALL, Quantifier.SOME);
      case ALL, SOME -> List.of(Quantifier.ALL, Quantifier.NO);
      case SOME_NOT -> config.withoutSomeNot;
    };
  }

  private Problem categorical(PythonRandom random, int index, List<String> terms) {
    boolean wantValid = random.random() > config.invalidRatio;
    List<Quantifier> drawn = List.of();
    boolean found = false;
    for (int attempt = 0; attempt < TRIES && !found; attempt++) {
      Quantifier first = random.choice(config.quantifiers);
      Quantifier second = random.choice(config.quantifiers);
      Quantifier third = random.choice(config.quantifiers);
      drawn = List.of(first, second, third);
      found = Quantifier.follows(first, second, third) == wantValid;
    }
    if (!found) {
      drawn = List.of(Quantifier.ALL, Quantifier.ALL, Quantifier.ALL);
    }
    List<Statement> premises =
        List.of(
            new Statement(drawn.get(0), terms.get(0), terms.get(1)),
            new Statement(drawn.get(1), terms.get(1), terms.get(2)));
    Statement conclusion = new Statement(drawn.get(2), terms.get(0), terms.get(2));
    boolean valid = !found || wantValid;
    return concluded(index, premises, conclusion, valid, "syllogism", premisesOf(index, premises));
  }

  private ObjectNode premisesOf(int index, List<Statement> premises) {
    return metadata(index)
        .put("premise1", premises.get(0).toString())
        .put("premise2", premises.get(1).toString());
  }

  private Problem concluded(
      int index,
      List<Statement> premises,
      Statement conclusion,
      boolean valid,
      String type,
      ObjectNode metadata) {
    String concluded = conclusion.toString();
    metadata.put("conclusion", concluded).put("is_valid", valid).put("type", type);
    String question =
        "Consider these statements:\n1. "
            + premises.get(0)
            + "\n2. "
            + premises.get(1)
            + "\n\nDoes it logically follow that:\n"
            + concluded
            + "?\n(Answer Yes or No)";
    return problem(index, question, valid ? "Yes" : "No", metadata);
  }
}
