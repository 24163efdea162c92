package io.amalgam.verifiers.task.arithmetic;

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
import java.util.stream.Collectors;

/** The least common multiple of two or more numbers. */
public final class Lcm extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("lcm", "arithmetic")
          .integer("min_numbers", 2)
          .integer("max_numbers", 2)
          .integer("min_value", 1)
          .integer("max_value", 100)
          .madeBy(Lcm::new);

  /** Draws before numbers without a common factor are accepted. */
  private static final int TRIES = 3;

  private static final int MAX_NUMBERS = 100_000;

  private final Config config;

  private Lcm(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minNumbers, int maxNumbers, BigInteger minValue, BigInteger maxValue) {
    static Config of(FieldValues values) {
      values.requireRange("min_numbers", "max_numbers", 2);
      BigInteger minValue = values.integer("min_value");
      BigInteger maxValue = values.integer("max_value");
      values.require(minValue.signum() > 0, "min_value", "at least 1");
      values.require(
          maxValue.compareTo(minValue) > 0,
          "max_value",
          "greater than min_value (" + minValue + ")");
      return new Config(
          values.count("min_numbers", 2, MAX_NUMBERS),
          values.count("max_numbers", 2, MAX_NUMBERS),
          minValue,
          maxValue);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<BigInteger> numbers = new ArrayList<>();
    BigInteger multiple = BigInteger.ONE;
    boolean shared = false;
    for (int attempt = 0; attempt < TRIES && !shared; attempt++) {
      int count = random.randint(config.minNumbers, config.maxNumbers);
      numbers.clear();
      multiple = BigInteger.ONE;
      for (int i = 0; i < count; i++) {
        BigInteger number = random.randint(config.minValue, config.maxValue);
        numbers.add(number);
        BigInteger common = multiple.gcd(number);
        // The multiple stays below the product exactly if some number adds a common factor.
        shared |= !common.equals(BigInteger.ONE);
        multiple = multiple.multiply(number.divide(common));
      }
    }
    ObjectNode metadata = metadata(index);
    metadata.set("numbers", JsonValues.integers(numbers));
    metadata.set("result", JsonValues.integer(multiple));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("numbers", JsonValues.range(config.minNumbers, config.maxNumbers));
    difficulty.set("value", JsonValues.range(config.minValue, config.maxValue));
    String question =
        "Find the Least Common Multiple (LCM) of these numbers: "
            + numbers.stream().map(BigInteger::toString).collect(Collectors.joining(", "));
    return problem(index, question, multiple.toString(), metadata);
  }
}
