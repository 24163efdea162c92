package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Word problems at primary-school level: 85 stories with names, things and numbers drawn anew.
 *
 * <p>After Mirzadeh and others, "GSM-Symbolic", 2024. The stories of all problems are drawn from
 * the seed together, so that a problem's index has to be below the task's size.
 */
public final class GsmSymbolic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("gsm_symbolic", "arithmetic")
          .number("difficulty", 1.0)
          .sized()
          .madeBy(GsmSymbolic::new);

  private static final double WRONG_NUMBER = 0.01;
  private static final int MOST_DECIMALS = 2;
  private static final String INSTRUCTION =
      " Give the result as your final answer. Do not include units.";

  private final JsonNode difficulty;
  private final List<Integer> storyIds;

  private GsmSymbolic(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    difficulty = values.json("difficulty");
    values.require(values.number("difficulty") == 1, "difficulty", "1.0");
    storyIds = new PythonRandom(setup.seed()).choices(Plots.ids(), setup.size());
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    if (index >= storyIds.size()) {
      throw new IndexOutOfBoundsException(
          name() + ": problem index " + index + " is not below the size " + storyIds.size());
    }
    int id = storyIds.get(index);
    Story story = Stories.story(id);
    Scene scene = Scene.of(story, Plots.plot(id), random);
    JsonNode answer = story.answer().value(scene::value);
    ObjectNode metadata = metadata(index);
    ObjectNode ordered = metadata.objectNode();
    ordered.set("difficulty", difficulty);
    ordered.set("answer_value", answer);
    ordered.put("answer_cot", story.solution().filled(scene::value));
    ordered.set("variables", story.shown(scene::value));
    ordered.setAll(metadata);
    String question = story.question().filled(scene::value) + INSTRUCTION;
    return problem(index, question, written(answer, index), ordered);
  }

  /** The answer without needless decimals; the original refuses more than two. */
  private String written(JsonNode answer, int index) {
    double value = answer.doubleValue();
    if (value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    String text = PythonFloat.fixed(value, MOST_DECIMALS);
    if (Double.parseDouble(text) != value) {
      throw cannotGenerate(index, "the answer " + value + " has more than two decimals");
    }
    return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
  }

  /** Scores 1 if the first number in the answer is right and 0.01 if it is another number. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<String> number = answer.flatMap(FirstNumber::in);
    OptionalDouble given = number.map(PythonFloat::parse).orElse(OptionalDouble.empty());
    OptionalDouble expected =
        problem.answer().map(PythonFloat::parse).orElse(OptionalDouble.empty());
    if (given.isEmpty() || expected.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    return Verdict.Scored.of(given.getAsDouble() == expected.getAsDouble() ? 1 : WRONG_NUMBER);
  }
}
