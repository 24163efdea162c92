package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.python.expression.ArithmeticExpression;
import io.amalgam.verifiers.python.expression.WrittenIntegers;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An expression that uses every given number once and has a given value.
 *
 * <p>Credit: 1 for a right one, 0.05 for any other expression, 0.01 for anything else, an absent
 * answer included. The field {@code scorer}, which the original does not have, chooses the rule of
 * its version 0.1.22 instead: numbers may be used any number of times, but each at least once, and
 * the value counts without its fraction.
 */
public final class Countdown extends ProceduralTask {
  private static final String CURRENT = "current";
  private static final String V0_1_22 = "0.1.22";
  private static final List<String> OPERATORS = List.of("+", "-", "*", "/");

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("countdown", "games")
          .integer("min_numbers", 4)
          .integer("max_numbers", 6)
          .integer("min_value", 1)
          .integer("max_value", 100)
          .integer("min_target", 100)
          .integer("max_target", 999)
          .texts("operators", "+", "-", "*", "/")
          .flag("shuffle", true)
          .text("scorer", CURRENT)
          .madeBy(Countdown::new);

  private static final int TRIES = 100;

  /** The original's interpreter cannot print longer expressions. */
  private static final int MAX_NUMBERS = 500;

  private static final double RIGHT = 1.0;
  private static final double EXPRESSION = 0.05;
  private static final double NOTHING = 0.01;

  private static final List<String> QUESTIONS =
      List.of(
          "Using all the numbers {numbers}, create an expression that equals {target}.\n"
              + "You can only use each number once.",
          "Find a way to make {target} using all of these numbers: {numbers}.\nEach number can only be used once.",
          "Calculate {target} using all of these numbers: {numbers}.\nEach number may be used at most once.");

  private static final String INSTRUCTIONS =
      """


      Final answer format instructions:
      1. Provide your solution as a arithmetic expression (no '=' sign).
      2. Do not include the target number in the expression.
      3. Use '*' for multiplication.
      4. Use '/' for division.
      5. Do not include any other text or formatting.
      """;

  private final Config config;

  private Countdown(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minNumbers,
      int maxNumbers,
      BigInteger minValue,
      BigInteger maxValue,
      BigInteger minTarget,
      BigInteger maxTarget,
      List<String> operators,
      boolean shuffle,
      boolean setsOfNumbers) {
    static Config of(FieldValues values) {
      int minNumbers = values.count("min_numbers", 2, MAX_NUMBERS);
      values.requireAtLeast("max_numbers", "min_numbers");
      values.require(values.integer("min_value").signum() > 0, "min_value", "at least 1");
      values.requireAtLeast("max_value", "min_value");
      values.require(values.integer("min_target").signum() > 0, "min_target", "at least 1");
      values.requireAtLeast("max_target", "min_target");
      return new Config(
          minNumbers,
          values.count("max_numbers", 2, MAX_NUMBERS),
          values.integer("min_value"),
          values.integer("max_value"),
          values.integer("min_target"),
          values.integer("max_target"),
          values.texts("operators", OPERATORS),
          values.flag("shuffle"),
          values.text("scorer", List.of(CURRENT, V0_1_22)).equals(V0_1_22));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = random.randint(config.minNumbers, config.maxNumbers);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<BigInteger> numbers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        numbers.add(random.randint(config.minValue, config.maxValue));
      }
      FoldedExpression expression = FoldedExpression.draw(random, numbers, config.operators);
      BigInteger target = expression.value();
      if (target.compareTo(config.minTarget) >= 0 && target.compareTo(config.maxTarget) <= 0) {
        return problem(random, index, expression.text(), numbers, target);
      }
    }
    throw cannotGenerate(index, "no drawn expression has a value in the range of targets");
  }

  private Problem problem(
      PythonRandom random,
      int index,
      String expression,
      List<BigInteger> numbers,
      BigInteger target) {
    if (config.shuffle) {
      random.shuffle(numbers);
    }
    String question =
        random
                .choice(QUESTIONS)
                .replace(
                    "{numbers}",
                    numbers.stream().map(BigInteger::toString).collect(Collectors.joining(", ")))
                .replace("{target}", target.toString())
            + INSTRUCTIONS;
    ObjectNode metadata = metadata(index);
    metadata.set("numbers", JsonValues.integers(numbers));
    metadata.set("target", JsonValues.integer(target));
    metadata.put("expression", expression);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("numbers", JsonValues.range(config.minNumbers, config.maxNumbers));
    difficulty.set("target", JsonValues.range(config.minTarget, config.maxTarget));
    difficulty.set("value", JsonValues.range(config.minValue, config.maxValue));
    return problem(index, question, expression, metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || PythonText.strip(answer.get()).isEmpty()) {
      return Verdict.Scored.of(NOTHING);
    }
    return Verdict.Scored.of(
        config.setsOfNumbers
            ? scoreBySets(problem, answer.get())
            : scoreByCounts(problem, answer.get()));
  }

  private static double scoreByCounts(Problem problem, String answer) {
    OptionalDouble value = ArithmeticExpression.evaluate(answer);
    Optional<List<BigInteger>> used = WrittenIntegers.in(answer);
    if (value.isEmpty() || used.isEmpty()) {
      return NOTHING;
    }
    List<BigInteger> given = given(problem);
    double target = problem.metadata().get("target").doubleValue();
    boolean right =
        sorted(used.get()).equals(sorted(given)) && isClose(value.getAsDouble(), target);
    return right ? RIGHT : EXPRESSION;
  }

  private static double scoreBySets(Problem problem, String answer) {
    Optional<BigInteger> value = ArithmeticExpression.truncated(answer);
    Optional<List<BigInteger>> used = WrittenIntegers.in(answer);
    if (value.isEmpty() || used.isEmpty()) {
      return NOTHING;
    }
    boolean right =
        value.get().equals(problem.metadata().get("target").bigIntegerValue())
            && Set.copyOf(used.get()).equals(Set.copyOf(given(problem)));
    return right ? RIGHT : EXPRESSION;
  }

  private static List<BigInteger> given(Problem problem) {
    List<BigInteger> given = new ArrayList<>();
    for (JsonNode number : problem.metadata().get("numbers")) {
      given.add(number.bigIntegerValue());
    }
    return given;
  }

  private static List<BigInteger> sorted(List<BigInteger> numbers) {
    List<BigInteger> sorted = new ArrayList<>(numbers);
    Collections.sort(sorted);
    return sorted;
  }

  /** Equal within 10⁻⁶ plus 10⁻⁵ of the target, the tolerances of the original. */
  private static boolean isClose(double value, double target) {
    return Math.abs(value - target) <= 1e-6 + 1e-5 * Math.abs(target);
  }
}
