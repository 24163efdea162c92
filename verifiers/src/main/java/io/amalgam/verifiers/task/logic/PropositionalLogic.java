package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import io.amalgam.verifiers.task.logic.Proposition.Connective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A formula that follows from given formulas; any that is no tautology will do. */
public final class PropositionalLogic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("propositional_logic", "logic")
          .integer("min_vars", 2)
          .integer("max_vars", 4)
          .integer("min_statements", 2)
          .integer("max_statements", 4)
          .integer("min_complexity", 1)
          .integer("max_complexity", 3)
          .madeBy(PropositionalLogic::new);

  private static final int MOST_VARIABLES = 1000;
  private static final int MOST_STATEMENTS = 100_000;

  /** Formulas double in size with every level. */
  private static final int MOST_COMPLEXITY = 20;

  private static final int FIRST_VARIABLE = 'P';
  private static final int CONCLUSIONS_TRIED = 100;
  private static final int CONCLUSION_DEPTH = 2;
  private static final double TRIVIAL = 0.25;
  private static final double UNFOUNDED = 0.05;
  private static final List<Connective> CONNECTIVES = List.of(Connective.values());

  private final Config config;

  private PropositionalLogic(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Range(int low, int high) {
    static Range of(FieldValues values, String name, int most) {
      int low = values.count("min_" + name, 1, most);
      values.requireAtLeast("max_" + name, "min_" + name);
      return new Range(low, values.count("max_" + name, 1, most));
    }

    int draw(PythonRandom random) {
      return random.randint(low, high);
    }

    ArrayNode toJson() {
      return JsonValues.range(low, high);
    }
  }

  private record Config(Range variables, Range statements, Range complexity) {
    static Config of(FieldValues values) {
      return new Config(
          Range.of(values, "vars", MOST_VARIABLES),
          Range.of(values, "statements", MOST_STATEMENTS),
          Range.of(values, "complexity", MOST_COMPLEXITY));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<String> variables = new ArrayList<>();
    for (int count = config.variables.draw(random); variables.size() < count; ) {
      variables.add(Character.toString(FIRST_VARIABLE + variables.size()));
    }
    List<Proposition> premises = new ArrayList<>();
    for (int count = config.statements.draw(random); premises.size() < count; ) {
      premises.add(formula(random, variables, config.complexity.draw(random)));
    }
    Proposition conclusion = conclusion(random, variables, premises, index);

    ObjectNode metadata = metadata(index);
    ArrayNode premiseList = metadata.putArray("premises");
    StringBuilder question =
        new StringBuilder(
            """
            The following question is a propositional logic reasoning question.

            In the question we provide a list of premises. The task is to infer a correct conclusion from the premise.

            FORMAT INSTRUCTIONS:
            - Return the conclusion logic statement, as your final answer.
            - Use the following notation to denote symbols
                - OR = ∨
                - AND = ∧
                - IMPLIES = →
                - IFF = ↔
                - NOT = ¬

            Here is the question:
            Given:
            """);
    for (Proposition premise : premises) {
      premiseList.add(premise.text());
      question.append(premiseList.size()).append(". ").append(premise.text()).append("\n.");
    }
    question.append("What can we conclude from the above statements?");
    ArrayNode variableList = metadata.putArray("variables");
    variables.forEach(variableList::add);
    metadata.put("complexity", conclusion.size());
    metadata.put("example_answer", conclusion.text());
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("vars", config.variables.toJson());
    difficulty.set("statements", config.statements.toJson());
    difficulty.set("complexity", config.complexity.toJson());
    return problem(index, question.toString(), metadata);
  }

  private static Proposition formula(PythonRandom random, List<String> variables, int depth) {
    if (depth <= 1) {
      return Proposition.variable(random.choice(variables));
    }
    Connective connective = random.choice(CONNECTIVES);
    Proposition first = formula(random, variables, depth - 1);
    return connective == Connective.NOT
        ? Proposition.not(first)
        : Proposition.connected(connective, first, formula(random, variables, depth - 1));
  }

  /** A small formula that follows, or the first variable if none is found. */
  private Proposition conclusion(
      PythonRandom random, List<String> variables, List<Proposition> premises, int index) {
    for (int i = 0; i < CONCLUSIONS_TRIED; i++) {
      Proposition candidate = withoutImplication(formula(random, variables, CONCLUSION_DEPTH));
      boolean follows =
          Entailment.holds(premises, candidate)
              .orElseThrow(() -> cannotGenerate(index, "premises with too many variables"));
      if (follows && !Entailment.holds(List.of(), candidate).orElse(true)) {
        return candidate;
      }
    }
    return Proposition.variable(variables.get(0));
  }

  /** "If a then b" is shown as "not a, or b". */
  private static Proposition withoutImplication(Proposition formula) {
    if (formula.connective().filter(c -> c == Connective.IMPLIES).isEmpty()) {
      return formula;
    }
    return Proposition.connected(
        Connective.OR, Proposition.not(formula.parts().get(0)), formula.parts().get(1));
  }

  /**
   * 1 for a formula that follows from the premises, 0.25 if it is a single variable or a tautology,
   * 0.05 if it does not follow, 0 if it cannot be read or has other capital letters than the
   * variables.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || hasOtherCapital(problem, answer.get())) {
      return Verdict.Scored.of(0.0);
    }
    List<Proposition> premises = new ArrayList<>();
    for (JsonNode premise : problem.metadata().path("premises")) {
      new PropositionParser(premise.asText()).parse().ifPresent(premises::add);
    }
    PropositionParser parser = new PropositionParser(answer.get());
    Optional<Proposition> given = parser.parse();
    if (given.isEmpty()) {
      return parser.isTooDeep()
          ? new Verdict.Invalid("formula nested too deeply")
          : Verdict.Scored.of(0.0);
    }
    Optional<Boolean> follows = Entailment.holds(premises, given.get());
    if (follows.isEmpty()) {
      return new Verdict.Invalid("formula with too many variables");
    }
    if (!follows.get()) {
      return Verdict.Scored.of(UNFOUNDED);
    }
    boolean trivial =
        given.get().connective().isEmpty()
            || Entailment.holds(List.of(), given.get()).orElse(false);
    return Verdict.Scored.of(trivial ? TRIVIAL : 1.0);
  }

  private static boolean hasOtherCapital(Problem problem, String answer) {
    Set<String> variables = new HashSet<>();
    problem.metadata().path("variables").forEach(name -> variables.add(name.asText()));
    return answer
        .chars()
        .distinct()
        .anyMatch(c -> c >= 'A' && c <= 'Z' && !variables.contains(Character.toString(c)));
  }
}
