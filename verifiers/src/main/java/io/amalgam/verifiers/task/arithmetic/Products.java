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
import java.util.stream.Collectors;

/** Products of several whole numbers with equally many digits. */
public final class Products extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("products", "arithmetic")
          .integer("min_terms", 2)
          .integer("max_terms", 2)
          .integer("min_digits", 1)
          .integer("max_digits", 5)
          .flag("allow_negation", false)
          .madeBy(Products::new);

  private static final int MAX_TERMS = 100_000;

  private final Config config;

  private Products(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms, int maxTerms, int minDigits, int maxDigits, boolean allowNegation) {
    static Config of(FieldValues values) {
      values.requireRange("min_terms", "max_terms", 1);
      values.requireRange("min_digits", "max_digits", 1);
      return new Config(
          values.count("min_terms", 1, MAX_TERMS),
          values.count("max_terms", 1, MAX_TERMS),
          values.count("min_digits", 1, PythonInteger.MAX_DIGITS),
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
    List<BigInteger> factors = new ArrayList<>();
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < terms; i++) {
      BigInteger factor = random.randint(smallest, largest);
      factors.add(factor);
      product = product.multiply(factor);
    }
    String expression =
        factors.stream().map(BigInteger::toString).collect(Collectors.joining(" * "));
    ObjectNode metadata = metadata(index);
    metadata.put("expression", expression).put("num_terms", terms).put("num_digits", digits);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_terms", JsonValues.range(config.minTerms, config.maxTerms));
    difficulty.set("num_digits", JsonValues.range(config.minDigits, config.maxDigits));
    String question =
        "Solve the following multiplication: "
            + expression
            + ". Give only the result as your final answer.";
    return problem(index, question, product.toString(), metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(AnswerRules.decimal(answer, problem.answer().orElseThrow(), true));
  }

  /** One equation per multiplication, with the running product: {@code 3*4=12;12*5=60}. */
  @Override
  public Optional<String> workedSolution(Problem problem) {
    String[] factors = problem.metadata().get("expression").textValue().split(" \\* ");
    List<String> steps = new ArrayList<>();
    BigInteger product = new BigInteger(factors[0]);
    for (int i = 1; i < factors.length; i++) {
      BigInteger next = product.multiply(new BigInteger(factors[i]));
      steps.add(product + "*" + factors[i] + "=" + next);
      product = next;
    }
    return Optional.of(steps.isEmpty() ? product.toString() : String.join(";", steps));
  }
}
