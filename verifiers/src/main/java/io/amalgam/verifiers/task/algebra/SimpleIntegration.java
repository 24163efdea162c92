package io.amalgam.verifiers.task.algebra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.algebra.Antiderivatives;
import io.amalgam.verifiers.algebra.LaurentPolynomial;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The indefinite integral of a polynomial; any expression with the right derivative counts. */
public final class SimpleIntegration extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("simple_integration", "algebra")
          .integer("min_terms", 2)
          .integer("max_terms", 5)
          .integer("min_degree", 1)
          .integer("max_degree", 10)
          .integer("min_bounds", 1)
          .integer("max_bounds", 10)
          .texts("operators", "+", "-")
          .texts("symbols", "x", "X")
          .isolated()
          .madeBy(SimpleIntegration::new);

  private static final List<String> TEMPLATES =
      List.of(
          "Find the indefinite integral: ∫ %s dx",
          "Calculate the antiderivative: ∫ %s dx", "Evaluate the indefinite integral: ∫ %s dx");

  private static final int LOWEST_DEGREE = -10;
  private static final int MOST_TERMS = 100_000;
  private static final int HIGHEST_DEGREE = 1_000_000;

  private final Config config;

  private SimpleIntegration(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms,
      int maxTerms,
      int minDegree,
      int maxDegree,
      BigInteger minBounds,
      BigInteger maxBounds,
      List<String> operators,
      List<String> symbols) {
    static Config of(FieldValues values) {
      values.requireRange("min_bounds", "max_bounds", 1);
      int minTerms = values.count("min_terms", 0, MOST_TERMS);
      values.requireAtLeast("max_terms", "min_terms");
      int minDegree = values.count("min_degree", LOWEST_DEGREE, HIGHEST_DEGREE);
      values.requireAtLeast("max_degree", "min_degree");
      List<String> operators = values.anyTexts("operators");
      values.require(
          List.of("+", "-").containsAll(operators), "operators", "a list of \"+\" and \"-\"");
      return new Config(
          minTerms,
          values.count("max_terms", 0, MOST_TERMS),
          minDegree,
          values.count("max_degree", LOWEST_DEGREE, HIGHEST_DEGREE),
          values.integer("min_bounds"),
          values.integer("max_bounds"),
          operators,
          values.anyTexts("symbols"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int terms = random.randint(config.minTerms, config.maxTerms);
    String variable = random.choice(config.symbols);
    LaurentPolynomial polynomial = LaurentPolynomial.ZERO;
    for (int i = 0; i < terms; i++) {
      boolean whole = random.choice(List.of(true, false));
      BigInteger under = BigInteger.valueOf(whole ? 1 : random.randint(2, 10));
      BigInteger over = random.randint(config.minBounds, config.maxBounds);
      int degree = random.randint(config.minDegree, config.maxDegree);
      boolean negative = random.choice(config.operators).equals("-");
      polynomial = polynomial.plus(negative ? over.negate() : over, under, degree);
    }
    String integrand = polynomial.derivative().toText(variable);
    String question =
        random.choice(TEMPLATES).formatted(integrand)
            + CalculationGuidelines.HEADING
            + CalculationGuidelines.RULES;
    ObjectNode metadata = metadata(index);
    metadata.put("integrand", integrand);
    metadata.put("variable", variable);
    metadata.put("num_terms", terms);
    metadata
        .putObject("difficulty")
        .set("terms", JsonValues.range(config.minTerms, config.maxTerms));
    return problem(index, question, polynomial.toText(variable) + " + C", metadata);
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
