package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.math.BigInteger;

/** A number written in one base, to be written in another. */
public final class BaseConversion extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("base_conversion", "algorithmic")
          .integer("min_base", 2)
          .integer("max_base", 16)
          .integer("min_value", 0)
          .integer("max_value", 1000)
          .madeBy(BaseConversion::new);

  private static final int BINARY = 2;
  private static final int HEXADECIMAL = 16;

  private final Config config;

  private BaseConversion(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(SizeRange base, BigInteger minValue, BigInteger maxValue) {
    static Config of(FieldValues values) {
      SizeRange base = SizeRange.of(values, "min_base", "max_base", BINARY, Character.MAX_RADIX);
      BigInteger minValue = values.integer("min_value");
      BigInteger maxValue = values.integer("max_value");
      values.require(minValue.signum() >= 0, "min_value", "at least 0");
      values.require(
          maxValue.compareTo(minValue) > 0,
          "max_value",
          "greater than min_value (" + minValue + ")");
      return new Config(base, minValue, maxValue);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    if (config.base.low() == config.base.high()) {
      throw cannotGenerate(index, "min_base = max_base leaves no second base");
    }
    BigInteger value = random.randint(config.minValue, config.maxValue);
    int source = config.base.draw(random);
    int target = config.base.draw(random);
    while (target == source) {
      target = config.base.draw(random);
    }
    String given = written(value, source);
    String wanted = written(value, target);
    ObjectNode metadata = metadata(index);
    metadata.set("decimal_value", JsonValues.integer(value));
    metadata.put("source_base", source).put("target_base", target);
    metadata.put("source_repr", given).put("target_repr", wanted);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("base", config.base.json());
    difficulty.set("value", JsonValues.range(config.minValue, config.maxValue));
    String question =
        """
        Your task is to convert a number between two different bases.

        If the target base is > 10, use lowercase letters a-z for digits above 9.

        Now, convert the %s number %s to %s
        """
            .formatted(name(source), given, name(target));
    return problem(index, question, wanted, metadata);
  }

  /** Digits in a base; zero has none unless the base has a name of its own, as in the original. */
  private static String written(BigInteger value, int base) {
    boolean named = base == BINARY || base == HEXADECIMAL;
    return value.signum() == 0 && !named ? "" : value.toString(base);
  }

  private static String name(int base) {
    return switch (base) {
      case BINARY -> "binary";
      case HEXADECIMAL -> "hexadecimal";
      default -> "base-" + base;
    };
  }
}
