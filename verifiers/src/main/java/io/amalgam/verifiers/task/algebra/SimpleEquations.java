package io.amalgam.verifiers.task.algebra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.algebra.LaurentPolynomial;
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

/** A linear equation in one unknown. */
public final class SimpleEquations extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("simple_equations", "algebra")
          .integer("min_terms", 2)
          .integer("max_terms", 4)
          .integer("min_value", 1)
          .integer("max_value", 100)
          .texts("operators", "+", "-", "*")
          .numbers("operators_weights", 0.4, 0.4, 0.2)
          .madeBy(SimpleEquations::new);

  private static final List<String> TEMPLATES =
      List.of(
          "Find the value of %s in the equation: %s",
          "Solve for %s: %s", "Determine the value of %s that satisfies: %s");

  private static final List<String> LETTERS = List.of("abcdefghijklmnopqrstuvwxyz".split(""));
  private static final int MOST_TERMS = 100_000;

  private final Config config;

  private SimpleEquations(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      FieldValues values,
      int minTerms,
      int maxTerms,
      BigInteger minValue,
      BigInteger maxValue,
      List<String> operators,
      double[] weights) {
    static Config of(FieldValues values) {
      int minTerms = values.count("min_terms", 1, MOST_TERMS);
      values.requireAtLeast("max_terms", "min_terms");
      values.requireRange("min_value", "max_value", 1);
      List<String> operators = values.texts("operators", List.of("+", "-", "*"));
      double[] weights = Weights.of(values, "operators_weights", "operators", operators.size());
      return new Config(
          values,
          minTerms,
          values.count("max_terms", 1, MOST_TERMS),
          values.integer("min_value"),
          values.integer("max_value"),
          operators,
          weights);
    }

    BigInteger draw(PythonRandom random) {
      return random.randint(minValue, maxValue);
    }
  }

  /** {@code slope * unknown + constant}. */
  private record Linear(BigInteger slope, BigInteger constant) {
    Linear combine(String operator, Linear other) {
      return switch (operator) {
        case "+" -> new Linear(slope.add(other.slope), constant.add(other.constant));
        case "-" -> new Linear(slope.subtract(other.slope), constant.subtract(other.constant));
        // The unknown stands in one term only, so there is no square.
        default ->
            new Linear(
                slope.multiply(other.constant).add(other.slope.multiply(constant)),
                constant.multiply(other.constant));
      };
    }

    BigInteger at(BigInteger value) {
      return slope.multiply(value).add(constant);
    }

    String toText(String unknown) {
      return LaurentPolynomial.ZERO
          .plus(slope, BigInteger.ONE, 1)
          .plus(constant, BigInteger.ONE, 0)
          .toText(unknown);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String unknown = random.choice(LETTERS);
    Linear left = leftSide(random);
    BigInteger solution = config.draw(random);
    String equation = left.toText(unknown) + " = " + left.at(solution);
    ObjectNode metadata = metadata(index);
    metadata.put("equation", equation);
    metadata.put("variable", unknown);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("min_terms", config.minTerms);
    difficulty.put("max_terms", config.maxTerms);
    difficulty.set("min_value", JsonValues.integer(config.minValue));
    difficulty.set("max_value", JsonValues.integer(config.maxValue));
    difficulty.set("operators_weights", config.values.json("operators_weights").deepCopy());
    String question = random.choice(TEMPLATES).formatted(unknown, equation);
    return problem(index, question, solution.toString(), metadata);
  }

  /** Operators are applied from left to right, whatever their precedence. */
  private Linear leftSide(PythonRandom random) {
    int count = random.randint(config.minTerms, config.maxTerms);
    List<Linear> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      terms.add(new Linear(BigInteger.ZERO, config.draw(random)));
    }
    int place = random.randint(0, count - 1);
    BigInteger slope = config.draw(random);
    terms.set(
        place,
        new Linear(config.operators.contains("*") ? slope : BigInteger.ONE, BigInteger.ZERO));
    Linear left = terms.get(0);
    for (Linear term : terms.subList(1, count)) {
      String operator = random.choices(config.operators, config.weights, 1).get(0);
      left = left.combine(operator, term);
    }
    return left;
  }
}
