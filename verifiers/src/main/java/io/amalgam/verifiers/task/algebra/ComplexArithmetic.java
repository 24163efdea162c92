package io.amalgam.verifiers.task.algebra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sum, difference, product or quotient of two complex numbers; near misses earn a share. */
public final class ComplexArithmetic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("complex_arithmetic", "algebra")
          .integer("min_real", -10)
          .integer("max_real", 10)
          .integer("min_imag", -10)
          .integer("max_imag", 10)
          .texts("operations", "+", "-", "*", "/")
          .numbers("operations_weights", 0.4, 0.4, 0.1, 0.1)
          .madeBy(ComplexArithmetic::new);

  private static final Map<String, String> TEMPLATES =
      Map.of(
          "+", "Add the complex numbers: (%s) + (%s)",
          "-", "Subtract the complex numbers: (%s) - (%s)",
          "*", "Multiply the complex numbers: (%s) × (%s)",
          "/", "Divide the complex numbers: (%s) ÷ (%s)");

  /** Smaller parts are not shown. */
  private static final double NOTHING = 1e-10;

  /** Draws of a divisor before the configuration is taken to allow only 0. */
  private static final int DIVISOR_TRIES = 10_000;

  /** Largest size of a part, so that products stay finite. */
  private static final BigInteger LARGEST_PART = BigInteger.TEN.pow(150);

  private final Config config;

  private ComplexArithmetic(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      FieldValues values,
      BigInteger minReal,
      BigInteger maxReal,
      BigInteger minImag,
      BigInteger maxImag,
      List<String> operations,
      double[] weights) {
    static Config of(FieldValues values) {
      for (String field : List.of("min_real", "max_real", "min_imag", "max_imag")) {
        values.require(
            values.integer(field).abs().compareTo(LARGEST_PART) <= 0, field, "at most 10^150");
      }
      values.requireAtLeast("max_real", "min_real");
      values.requireAtLeast("max_imag", "min_imag");
      List<String> operations = values.texts("operations", List.of("+", "-", "*", "/"));
      return new Config(
          values,
          values.integer("min_real"),
          values.integer("max_real"),
          values.integer("min_imag"),
          values.integer("max_imag"),
          operations,
          Weights.of(values, "operations_weights", "operations", operations.size()));
    }

    ComplexDouble draw(PythonRandom random) {
      double re = random.randint(minReal, maxReal).doubleValue();
      return new ComplexDouble(re, random.randint(minImag, maxImag).doubleValue());
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String operation = random.choices(config.operations, config.weights, 1).get(0);
    ComplexDouble first = config.draw(random);
    ComplexDouble second = config.draw(random);
    ComplexDouble result;
    switch (operation) {
      case "+":
        result = first.plus(second);
        break;
      case "-":
        result = first.minus(second);
        break;
      case "*":
        result = first.times(second);
        break;
      default:
        // The quotient is drawn, so that it is whole.
        for (int i = 0; second.re() == 0 && second.im() == 0; i++) {
          if (i == DIVISOR_TRIES) {
            throw cannotGenerate(index, "no divisor other than 0");
          }
          second = config.draw(random);
        }
        result = first;
        first = result.times(second);
        break;
    }
    ObjectNode metadata = metadata(index);
    metadata.set("num1", pair(first));
    metadata.set("num2", pair(second));
    metadata.put("operation", operation);
    metadata.set("result", JsonValues.integers(List.of(whole(result.re()), whole(result.im()))));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("min_real", JsonValues.integer(config.minReal));
    difficulty.set("max_real", JsonValues.integer(config.maxReal));
    difficulty.set("min_imag", JsonValues.integer(config.minImag));
    difficulty.set("max_imag", JsonValues.integer(config.maxImag));
    difficulty.set("operations_weights", config.values.json("operations_weights").deepCopy());
    String question = TEMPLATES.getOrDefault(operation, "").formatted(shown(first), shown(second));
    return problem(index, question, shown(result), metadata);
  }

  private static ArrayNode pair(ComplexDouble number) {
    return JsonNodeFactory.instance.arrayNode().add(number.re()).add(number.im());
  }

  private static BigInteger whole(double value) {
    return new BigDecimal(value).toBigInteger();
  }

  private static String shown(ComplexDouble number) {
    if (Math.abs(number.im()) < NOTHING) {
      return PythonFloat.fixed(number.re(), 2);
    }
    if (Math.abs(number.re()) < NOTHING) {
      return PythonFloat.fixed(number.im(), 2) + "i";
    }
    return PythonFloat.repr(number.re())
        + (number.im() >= 0 ? " + " : " - ")
        + PythonFloat.repr(Math.abs(number.im()))
        + "i";
  }

  /**
   * e to the power of minus the distance from the result. What is no number earns 0; "nan" earns 1,
   * as in the original.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    Optional<ComplexDouble> given = ComplexAnswer.parse(answer.get());
    if (given.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    JsonNode result = problem.metadata().get("result");
    ComplexDouble wanted =
        new ComplexDouble(result.get(0).doubleValue(), result.get(1).doubleValue());
    ComplexDouble difference = given.get().minus(wanted);
    double distance = Math.hypot(difference.re(), difference.im());
    if (Double.isInfinite(distance)
        && Double.isFinite(difference.re())
        && Double.isFinite(difference.im())) {
      return new Verdict.Invalid("absolute value too large");
    }
    return Verdict.Scored.of(Double.isNaN(distance) ? 1 : Math.min(1, Math.exp(-distance)));
  }
}
