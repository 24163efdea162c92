package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.answer.AnswerRules;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonRandom;
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

/** Sums and differences of several whole numbers, worked from left to right. */
public final class ChainSum extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("chain_sum", "arithmetic")
          .integer("min_terms", 2)
          .integer("max_terms", 6)
          .integer("min_digits", 1)
          .integer("max_digits", 4)
          .flag("allow_negation", false)
          .madeBy(ChainSum::new);

  private static final List<String> OPERATORS = List.of("+", "-");

  private final Config config;

  private ChainSum(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms, int maxTerms, int minDigits, int maxDigits, boolean allowNegation) {
    static Config of(FieldValues values) {
      int minTerms = values.count("min_terms", 1, Integer.MAX_VALUE);
      values.requireAtLeast("max_terms", "min_terms");
      int minDigits = values.count("min_digits", 1, PythonInteger.MAX_DIGITS);
      values.requireAtLeast("max_digits", "min_digits");
      return new Config(
          minTerms,
          values.count("max_terms", 1, 1_000_000),
          minDigits,
          values.count("max_digits", 1, PythonInteger.MAX_DIGITS),
          values.flag("allow_negation"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int terms = random.randint(config.minTerms, config.maxTerms);
    int digits = random.randint(config.minDigits, config.maxDigits);
    BigInteger largest = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    BigInteger smallest = digits == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits - 1);
    if (config.allowNegation) {
      smallest = largest.negate();
    }
    List<BigInteger> constants = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      constants.add(random.randint(smallest, largest));
    }
    StringBuilder expression = new StringBuilder(constants.get(0).toString());
    BigInteger result = constants.get(0);
    for (BigInteger constant : constants.subList(1, terms)) {
      String operator = random.choice(OPERATORS);
      expression.append(' ').append(operator).append(' ').append(constant);
      result = apply(operator, result, constant);
    }
    ObjectNode metadata = metadata(index);
    metadata
        .put("num_terms", terms)
        .put("num_digits", digits)
        .put("expression", expression.toString());
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_terms", JsonValues.range(config.minTerms, config.maxTerms));
    difficulty.set("num_digits", JsonValues.range(config.minDigits, config.maxDigits));
    String question =
        "State the final answer to the following arithmetic problem: " + expression + " =";
    return problem(index, question, result.toString(), metadata);
  }

  private static BigInteger apply(String operator, BigInteger left, BigInteger right) {
    return operator.equals("+") ? left.add(right) : left.subtract(right);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(AnswerRules.decimal(answer, problem.answer().orElseThrow(), true));
  }

  /** One equation per operator, with the running total: {@code 8+0=8;8+7=15}. */
  @Override
  public Optional<String> workedSolution(Problem problem) {
    String[] parts = problem.metadata().get("expression").textValue().split(" ");
    List<String> steps = new ArrayList<>();
    BigInteger total = new BigInteger(parts[0]);
    for (int i = 1; i < parts.length; i += 2) {
      BigInteger next = apply(parts[i], total, new BigInteger(parts[i + 1]));
      steps.add(total + parts[i] + parts[i + 1] + "=" + next);
      total = next;
    }
    return Optional.of(steps.isEmpty() ? total.toString() : String.join(";", steps));
  }
}
