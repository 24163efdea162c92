package io.amalgam.verifiers.task.algebra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.algebra.LaurentPolynomial;
import io.amalgam.verifiers.algebra.RadicalRoots;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
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

/** The real roots of a polynomial; roots that are nearly right earn a share. */
public final class PolynomialEquations extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("polynomial_equations", "algebra")
          .integer("min_terms", 2)
          .integer("max_terms", 4)
          .integer("min_value", 1)
          .integer("max_value", 100)
          .integer("min_degree", 1)
          .integer("max_degree", 3)
          .texts("operators", "+", "-")
          .fidelity(
              Fidelity.COMPLETE,
              "question, answer, metadata and scores equal the original's up to degree four; above"
                  + " that, all real roots of a factor of degree five or more are taken as found")
          .madeBy(PolynomialEquations::new);

  private static final List<String> TEMPLATES =
      List.of(
          "Find the real value(s) of %1$s in the equation: %2$s = 0",
          "Solve for real %1$s: %2$s = 0",
          "Determine the real value(s) of %1$s that satisfies: %2$s = 0",
          "Solve the polynomial equation for real %1$s:\n%2$s = 0");

  private static final String INSTRUCTIONS =
      """

      In solving equations, please follow these instructions:
      1. Provide all answers as comma-separated decimal values. For example: "-0.3773, 0.4005"
      2. For solutions that can be expressed in exact form (like "u = 2 + sqrt(4560)/172" and \
      "u = 2 - sqrt(4560)/172"), convert them to decimal form in your final answer.
      3. If there are no real values that satisfy the equation, report your answer as an empty \
      string: ""
      4. Format your answer based on the number of solutions:
         - For 1 solution: a single decimal number
         - For 2 solutions: two comma-separated decimal numbers
         - For 3 or more solutions: all values as comma-separated decimal numbers
      5. Round all decimal values to 4 decimal places (rounding down when the 5th decimal place \
      is 5 or greater).
      """;

  /** Without i and j, which look like the imaginary unit. */
  private static final List<String> LETTERS = List.of("abcdefghklmnopqrstuvwxyz".split(""));

  /** Draws before a polynomial without real root is accepted. */
  private static final int TRIES = 20;

  private static final int DECIMALS = 4;
  private static final int MOST_TERMS = 100_000;
  private static final int HIGHEST_DEGREE = 60;

  private final Config config;

  private PolynomialEquations(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms,
      int maxTerms,
      BigInteger minValue,
      BigInteger maxValue,
      int minDegree,
      int maxDegree,
      boolean signs) {
    static Config of(FieldValues values) {
      int minTerms = values.count("min_terms", 1, MOST_TERMS);
      values.requireAtLeast("max_terms", "min_terms");
      values.requireRange("min_value", "max_value", 1);
      int minDegree = values.count("min_degree", 1, HIGHEST_DEGREE);
      values.requireAtLeast("max_degree", "min_degree");
      List<String> operators = values.texts("operators", List.of("+", "-"));
      return new Config(
          minTerms,
          values.count("max_terms", 1, MOST_TERMS),
          values.integer("min_value"),
          values.integer("max_value"),
          minDegree,
          values.count("max_degree", 1, HIGHEST_DEGREE),
          operators.contains("-"));
    }
  }

  private record Draw(
      String variable, int degree, int terms, LaurentPolynomial polynomial, List<Double> roots) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Draw draw = draw(random);
    for (int i = 1; i < TRIES && draw.roots.isEmpty(); i++) {
      draw = draw(random);
    }
    String text = draw.polynomial.toText(draw.variable);
    ObjectNode metadata = metadata(index);
    metadata.put("polynomial_expr", text);
    metadata.put("variable", draw.variable);
    metadata.put("degree", draw.degree);
    ArrayNode solutions = metadata.putArray("real_solutions");
    draw.roots.forEach(solutions::add);
    metadata.put("num_terms", draw.terms);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("terms", JsonValues.range(config.minTerms, config.maxTerms));
    difficulty.set("degree", JsonValues.range(config.minDegree, config.maxDegree));
    String question = random.choice(TEMPLATES).formatted(draw.variable, text) + INSTRUCTIONS;
    String answer = draw.roots.stream().map(PythonFloat::repr).collect(Collectors.joining(", "));
    return problem(index, question, answer, metadata);
  }

  private Draw draw(PythonRandom random) {
    String variable = random.choice(LETTERS);
    int degree = random.randint(config.minDegree, config.maxDegree);
    int terms = random.randint(config.minTerms, config.maxTerms);
    List<Integer> exponents = new ArrayList<>(List.of(degree));
    for (int i = 1; i < terms; i++) {
      exponents.add(random.randint(0, degree));
    }
    LaurentPolynomial polynomial = LaurentPolynomial.ZERO;
    for (int exponent : exponents) {
      BigInteger coefficient = random.randint(config.minValue, config.maxValue);
      if (config.signs && random.random() < 0.5) {
        coefficient = coefficient.negate();
      }
      polynomial = polynomial.plus(coefficient, BigInteger.ONE, exponent);
    }
    List<Double> roots =
        RadicalRoots.of(polynomial).stream()
            .map(root -> Double.parseDouble(PythonFloat.fixed(root.doubleValue(), DECIMALS)))
            .toList();
    return new Draw(variable, degree, terms, polynomial, roots);
  }

  /**
   * Roots in ascending order take the nearest root that is left and earn e to the power of minus
   * ten times the distance; their mean less a half for each missing or surplus root, at least 0.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    List<Double> wanted = new ArrayList<>(RootList.parse(problem.answer()));
    List<Double> given = RootList.parse(answer);
    if (wanted.isEmpty() && given.isEmpty()) {
      return Verdict.Scored.of(1);
    }
    double reward = 0;
    int matched = 0;
    for (double root : given) {
      double distance = Double.POSITIVE_INFINITY;
      int nearest = -1;
      for (int i = 0; i < wanted.size(); i++) {
        double other = Math.abs(root - wanted.get(i));
        if (distance > other) {
          distance = other;
          nearest = i;
        }
      }
      if (nearest >= 0) {
        matched++;
        wanted.remove(nearest);
        reward += Math.exp(distance * -10.0);
      }
    }
    double penalty = wanted.size() * 0.5 + (given.size() - matched) * 0.5;
    reward = matched > 0 ? reward / matched : reward;
    return Verdict.Scored.of(Math.max(0, reward - penalty));
  }
}
