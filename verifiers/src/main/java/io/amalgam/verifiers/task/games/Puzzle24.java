package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Four numbers from which 24 is to be made.
 *
 * <p>Any expression of four numbers in the configured range whose value, cut to a whole number, is
 * 24 earns 1; anything else 0.01. Whether the numbers are the given ones is not looked at; this is
 * the original's rule.
 */
public final class Puzzle24 extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("puzzle24", "games")
          .texts("operators", "+", "-", "*", "/")
          .integer("min_value", 1)
          .integer("max_value", 10)
          .madeBy(Puzzle24::new);

  private static final int NUMBERS = 4;
  private static final BigInteger GOAL = BigInteger.valueOf(24);
  private static final int LARGEST_VALUE = 10;
  private static final double NOTHING = 0.01;

  /** The original searches for ever; a configuration that can reach 24 does so much sooner. */
  private static final int TRIES = 500_000;

  private static final String QUESTION =
      """
      Make 24 using {numbers}. You can only use each number once. You can use the operators {operators}.
      Final answer format instructions:
      1. Provide your final answer as a arithmetic expression (no '=' sign).
      2. Do not include the target number in the expression.
      3. Use '*' for multiplication.
      4. Use '/' for division.
      """;

  private final Config config;

  private Puzzle24(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(List<String> operators, BigInteger minValue, BigInteger maxValue) {
    static Config of(FieldValues values) {
      List<String> operators = values.anyTexts("operators");
      values.require(!operators.isEmpty(), "operators", "a list with at least one element");
      values.count("min_value", 1, LARGEST_VALUE);
      values.requireAtLeast("max_value", "min_value");
      values.count("max_value", 1, LARGEST_VALUE);
      return new Config(operators, values.integer("min_value"), values.integer("max_value"));
    }

    /** The operators as they are drawn: the original divides for every unknown one. */
    List<String> drawn() {
      return operators.stream().map(o -> List.of("+", "-", "*").contains(o) ? o : "/").toList();
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<String> operators = config.drawn();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<BigInteger> numbers = new ArrayList<>();
      for (int i = 0; i < NUMBERS; i++) {
        numbers.add(random.randint(config.minValue, config.maxValue));
      }
      FoldedExpression expression = FoldedExpression.draw(random, numbers, operators);
      if (expression.value().equals(GOAL)) {
        return problem(index, numbers, expression.text());
      }
    }
    throw cannotGenerate(index, "none of " + TRIES + " drawn expressions has the value 24");
  }

  private Problem problem(int index, List<BigInteger> numbers, String expression) {
    ObjectNode metadata = metadata(index);
    metadata.set("numbers", JsonValues.integers(numbers));
    metadata
        .putObject("difficulty")
        .set("value", JsonValues.range(config.minValue, config.maxValue));
    String listed = numbers.stream().map(BigInteger::toString).collect(Collectors.joining(", "));
    String question =
        QUESTION
            .replace("{numbers}", listed)
            .replace("{operators}", String.join(", ", config.operators));
    return problem(index, question, expression, metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    boolean right =
        answer.isPresent()
            && usesFour(answer.get())
            && ArithmeticExpression.truncated(answer.get()).filter(GOAL::equals).isPresent();
    return Verdict.Scored.of(right ? 1.0 : NOTHING);
  }

  private boolean usesFour(String answer) {
    List<BigInteger> used = WrittenIntegers.in(answer).orElse(List.of());
    return used.size() == NUMBERS
        && used.stream()
            .allMatch(
                number ->
                    number.compareTo(config.minValue) >= 0
                        && number.compareTo(config.maxValue) <= 0);
  }
}
