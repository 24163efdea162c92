package io.amalgam.verifiers.task.algebra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.algebra.Antiderivatives;
import io.amalgam.verifiers.algebra.LaurentPolynomial;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Indefinite integrals by substitution and by parts; any right antiderivative counts. */
public final class IntermediateIntegration extends ProceduralTask {
  private static final List<String> TYPES =
      List.of(
          "linear",
          "radical",
          "log_inverse_trig",
          "trigonometric",
          "polynomial_exp_trig",
          "exponential",
          "cyclic",
          "repeated_parts");

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("intermediate_integration", "algebra")
          .texts("problem_types", TYPES.toArray(new String[0]))
          .numbers("problem_type_weights", 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125)
          .integer("linear_lower_bound", 1)
          .integer("linear_upper_bound", 10)
          .integer("min_linear_degree", 2)
          .integer("max_linear_degree", 4)
          .integer("outer_constant_min", 1)
          .integer("outer_constant_max", 3)
          .integer("min_poly_degree", 1)
          .integer("max_poly_degree", 3)
          .json("symbols", TextNode.valueOf("x"))
          .texts("operators", "+", "-")
          .fidelity(
              Fidelity.QUESTION,
              "question and scores equal the original's; the reference answer is another"
                  + " antiderivative, in closed form where the original leaves an integral sign")
          .isolated()
          .madeBy(IntermediateIntegration::new);

  private static final List<String> TEMPLATES =
      List.of(
          "Find the indefinite integral: ∫ %s dx",
          "Calculate the antiderivative: ∫ %s dx", "Evaluate the indefinite integral: ∫ %s dx");

  private static final String SAME_SYMBOLS = "Use same variable symbols as given in the question\n";

  private static final String EXPONENTIAL =
      "3. Use `exp(x)` or `E**(x)` for the exponential function (i.e. use capital E for Euler's"
          + " number).\n";

  /** Largest degree; powers beyond it fill pages. */
  private static final int HIGHEST_DEGREE = 100;

  /** Share of logarithms of the variable itself among those of its powers. */
  private static final double PLAIN_LOGARITHMS = 0.8;

  private final Config config;

  private IntermediateIntegration(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      FieldValues values,
      List<String> types,
      double[] weights,
      BigInteger linearLow,
      BigInteger linearHigh,
      int minLinearDegree,
      int maxLinearDegree,
      BigInteger outerLow,
      BigInteger outerHigh,
      int minPolyDegree,
      int maxPolyDegree,
      List<String> symbols,
      List<String> operators) {
    static Config of(FieldValues values) {
      List<String> types = values.texts("problem_types", TYPES);
      double[] weights =
          values.numbers("problem_type_weights").stream()
              .mapToDouble(Double::doubleValue)
              .toArray();
      values.require(
          types.size() == weights.length,
          "problem_type_weights",
          "as many numbers as problem_types (" + types.size() + ")");
      values.requireRange("linear_lower_bound", "linear_upper_bound", 1);
      int minLinear = values.count("min_linear_degree", 1, HIGHEST_DEGREE);
      values.requireAtLeast("max_linear_degree", "min_linear_degree");
      values.requireRange("outer_constant_min", "outer_constant_max", 1);
      int minPoly = values.count("min_poly_degree", 1, HIGHEST_DEGREE);
      values.requireAtLeast("max_poly_degree", "min_poly_degree");
      List<String> operators = values.anyTexts("operators");
      values.require(
          List.of("+", "-").containsAll(operators), "operators", "a list of \"+\" and \"-\"");
      return new Config(
          values,
          types,
          weights,
          values.integer("linear_lower_bound"),
          values.integer("linear_upper_bound"),
          minLinear,
          values.count("max_linear_degree", 1, HIGHEST_DEGREE),
          values.integer("outer_constant_min"),
          values.integer("outer_constant_max"),
          minPoly,
          values.count("max_poly_degree", 1, HIGHEST_DEGREE),
          symbols(values),
          operators);
    }

    /** A list of letters, or a text whose letters are meant. */
    private static List<String> symbols(FieldValues values) {
      JsonNode given = values.json("symbols");
      List<String> symbols = new ArrayList<>();
      if (given.isTextual()) {
        given.textValue().chars().forEach(c -> symbols.add(Character.toString(c)));
      } else {
        given.forEach(symbol -> symbols.add(symbol.asText()));
      }
      values.require(
          (given.isTextual() || given.isArray()) && List.of("x", "X").containsAll(symbols),
          "symbols",
          "a text or list of \"x\" and \"X\"");
      return List.copyOf(symbols);
    }

    BigInteger linear(PythonRandom random) {
      return random.randint(linearLow, linearHigh);
    }

    BigInteger signedLinear(PythonRandom random) {
      boolean negative = random.choice(operators).equals("-");
      return negative ? linear(random).negate() : linear(random);
    }

    BigInteger outer(PythonRandom random) {
      BigInteger value = random.randint(outerLow, outerHigh);
      return random.choice(operators).equals("-") ? value.negate() : value;
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String type = random.choices(config.types, config.weights, 1).get(0);
    String x = random.choice(config.symbols);
    Integral integral = integral(type, random, x);
    String question =
        random.choice(TEMPLATES).formatted(integral.integrand())
            + CalculationGuidelines.HEADING
            + SAME_SYMBOLS
            + CalculationGuidelines.RULES
            + EXPONENTIAL;
    ObjectNode metadata = metadata(index);
    metadata.put("integrand", integral.integrand());
    metadata.put("problem_type", type);
    metadata.put("variable", x);
    metadata
        .putObject("difficulty")
        .set("problem_type_weights", config.values.json("problem_type_weights").deepCopy());
    return problem(index, question, integral.antiderivative() + " + C", metadata);
  }

  private Integral integral(String type, PythonRandom random, String x) {
    return switch (type) {
      case "linear" -> linear(random, x);
      case "radical" -> radical(random, x);
      case "log_inverse_trig" -> logarithmOrInverse(random, x);
      case "trigonometric" -> trigonometric(random, x);
      case "polynomial_exp_trig" -> powerTimes(random, x);
      case "exponential" -> exponential(random, x);
      case "cyclic" -> cyclic(random, x);
      default -> repeatedParts(random, x);
    };
  }

  private Integral linear(PythonRandom random, String x) {
    BigInteger slope = config.linear(random);
    BigInteger constant = config.linear(random);
    constant = random.choice(config.operators).equals("+") ? constant : constant.negate();
    int degree = random.randint(config.minLinearDegree, config.maxLinearDegree);
    return Integral.ofPower(config.outer(random), slope, constant, degree, x);
  }

  private Integral radical(PythonRandom random, String x) {
    BigInteger slope = config.signedLinear(random);
    BigInteger constant = config.signedLinear(random);
    return Integral.ofRoot(config.outer(random), slope, constant, x);
  }

  private Integral logarithmOrInverse(PythonRandom random, String x) {
    String function = random.choice(List.of("log", "asin", "atan"));
    int multiple = random.randint(1, 3);
    if (function.equals("log")) {
      int exponent = random.random() < PLAIN_LOGARITHMS ? 1 : random.randint(2, 3);
      return Integral.ofLogarithm(config.outer(random), exponent, x);
    }
    BigInteger factor = config.outer(random);
    return function.equals("asin")
        ? Integral.ofArcSine(factor, multiple, x)
        : Integral.ofArcTangent(factor, multiple, x);
  }

  private Integral trigonometric(PythonRandom random, String x) {
    boolean sine = random.choice(List.of("sin", "cos")).equals("sin");
    BigInteger slope = config.signedLinear(random);
    BigInteger constant = config.signedLinear(random);
    int exponent = random.randint(1, 4);
    return Integral.ofTrigonometricPower(config.outer(random), sine, slope, constant, exponent, x);
  }

  private Integral powerTimes(PythonRandom random, String x) {
    int degree = random.randint(config.minPolyDegree, config.maxPolyDegree);
    String function = random.choice(List.of("exp", "sin", "cos"));
    if (function.equals("exp")) {
      return Integral.ofPowerTimesExponential(config.outer(random), degree, x);
    }
    int frequency = random.randint(1, 3);
    return Integral.ofPowerTimesTrigonometric(
        config.outer(random), degree, function.equals("sin"), frequency, x);
  }

  private Integral exponential(PythonRandom random, String x) {
    int degree = random.choice(List.of("linear", "quadratic")).equals("linear") ? 1 : 2;
    LaurentPolynomial exponent = LaurentPolynomial.ZERO;
    for (int i = degree; i >= 0; i--) {
      exponent = exponent.plus(config.signedLinear(random), BigInteger.ONE, i);
    }
    return Integral.ofExponential(config.outer(random), exponent, x);
  }

  private Integral cyclic(PythonRandom random, String x) {
    int pair = random.choice(List.of(0, 1, 2));
    BigInteger factor = config.outer(random);
    return pair == 2
        ? Integral.ofSineTimesCosine(factor, x)
        : Integral.ofExponentialTimesTrigonometric(factor, pair == 0, x);
  }

  private Integral repeatedParts(PythonRandom random, String x) {
    int degree = random.randint(3, config.maxPolyDegree);
    String function = random.choice(List.of("sin", "cos", "exp"));
    BigInteger factor = config.outer(random);
    return function.equals("exp")
        ? Integral.ofPowerTimesExponential(factor, degree, x)
        : Integral.ofPowerTimesTrigonometric(factor, degree, function.equals("sin"), 1, x);
  }

  /** 1 for an expression whose derivative is the integrand, with or without a constant. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String integrand = problem.metadata().get("integrand").textValue();
    String variable = problem.metadata().get("variable").textValue();
    boolean right =
        answer.isPresent() && Antiderivatives.accepts(answer.get(), integrand, variable);
    return Verdict.Scored.of(right ? 1 : 0);
  }
}
