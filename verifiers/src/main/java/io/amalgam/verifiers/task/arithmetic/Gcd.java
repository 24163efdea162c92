package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The greatest common divisor of two or more numbers. */
public final class Gcd extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("gcd", "arithmetic")
          .integer("min_numbers", 2)
          .integer("max_numbers", 2)
          .integer("min_value", 1)
          .integer("max_value", 1000)
          .madeBy(Gcd::new);

  /** Draws before coprime numbers are accepted. */
  private static final int TRIES = 3;

  private final Config config;

  private Gcd(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minNumbers, int maxNumbers, BigInteger minValue, BigInteger maxValue) {
    static Config of(FieldValues values) {
      int minNumbers = values.count("min_numbers", 2, 1_000_000);
      values.requireAtLeast("max_numbers", "min_numbers");
      BigInteger minValue = values.integer("min_value");
      BigInteger maxValue = values.integer("max_value");
      values.require(minValue.signum() > 0, "min_value", "at least 1");
      values.require(
          maxValue.compareTo(minValue) > 0,
          "max_value",
          "greater than min_value (" + minValue + ")");
      return new Config(minNumbers, values.count("max_numbers", 2, 1_000_000), minValue, maxValue);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<BigInteger> numbers = new ArrayList<>();
    BigInteger result = BigInteger.ONE;
    for (int attempt = 0; attempt < TRIES && result.equals(BigInteger.ONE); attempt++) {
      int count = random.randint(config.minNumbers, config.maxNumbers);
      numbers.clear();
      for (int i = 0; i < count; i++) {
        numbers.add(random.randint(config.minValue, config.maxValue));
      }
      result = numbers.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    }
    ObjectNode metadata = metadata(index);
    metadata.set("numbers", JsonValues.integers(numbers));
    metadata.set("result", JsonValues.integer(result));
    metadata.put("num_terms", numbers.size());
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_terms", JsonValues.range(config.minNumbers, config.maxNumbers));
    difficulty.set("value", JsonValues.range(config.minValue, config.maxValue));
    String question =
        "Find the Greatest Common Divisor (GCD) of these numbers: "
            + numbers.stream().map(BigInteger::toString).collect(Collectors.joining(", "))
            + ". Give only the GCD as your final answer.";
    return problem(index, question, result.toString(), metadata);
  }

  /**
   * Euclid's divisions, larger number first: {@code 33=18*1+15;18=15*1+3;15=3*5+0}; further numbers
   * follow in turn.
   */
  @Override
  public Optional<String> workedSolution(Problem problem) {
    List<String> steps = new ArrayList<>();
    BigInteger divisor = BigInteger.ZERO;
    for (JsonNode number : problem.metadata().get("numbers")) {
      BigInteger value = number.bigIntegerValue();
      divisor =
          divisor.signum() == 0 ? value : divide(divisor.max(value), divisor.min(value), steps);
    }
    return Optional.of(String.join(";", steps));
  }

  private static BigInteger divide(BigInteger larger, BigInteger smaller, List<String> steps) {
    BigInteger dividend = larger;
    BigInteger divisor = smaller;
    while (true) {
      BigInteger[] parts = dividend.divideAndRemainder(divisor);
      steps.add(dividend + "=" + divisor + "*" + parts[0] + "+" + parts[1]);
      if (parts[1].signum() == 0) {
        return divisor;
      }
      dividend = divisor;
      divisor = parts[1];
    }
  }
}
