package io.amalgam.verifiers.task.algebra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.algebra.AlgebraException;
import io.amalgam.verifiers.algebra.PolynomialProduct;
import io.amalgam.verifiers.algebra.SameExpression;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
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
import java.util.Map;
import java.util.Optional;

/** Polynomials to be multiplied out. */
public final class PolynomialMultiplication extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("polynomial_multiplication", "algebra")
          .integer("min_terms", 2)
          .integer("max_terms", 4)
          .integer("min_value", 1)
          .integer("max_value", 100)
          .integer("min_degree", 0)
          .integer("max_degree", 3)
          .integer("min_polynomials", 2)
          .integer("max_polynomials", 3)
          .texts("variables", "x", "y", "z")
          .flag("allow_cross_variable_product", false)
          .flag("allow_multivariate_polynomials", false)
          .texts("operators", "+", "-")
          .isolated()
          .madeBy(PolynomialMultiplication::new);

  private static final List<String> TEMPLATES =
      List.of("Simplify this expression: %s", "Calculate the following: %s");

  private static final int MOST_TERMS = 10_000;
  private static final int HIGHEST_DEGREE = 100;
  private static final int MOST_POLYNOMIALS = 1000;

  /** Monomials to choose from; more take too long to list. */
  private static final int MOST_MONOMIALS = 100_000;

  private final Config config;

  /** One list of monomials for all unknowns together, or one for each. */
  private final List<List<Map<String, Integer>>> monomials;

  private PolynomialMultiplication(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    List<List<Map<String, Integer>>> lists = new ArrayList<>();
    if (config.multivariate) {
      lists.add(Monomials.of(config.variables, config.minDegree, config.maxDegree));
    } else {
      for (String variable : config.variables) {
        lists.add(Monomials.of(List.of(variable), config.minDegree, config.maxDegree));
      }
    }
    monomials = List.copyOf(lists);
  }

  private record Config(
      FieldValues values,
      int minTerms,
      int maxTerms,
      BigInteger minValue,
      BigInteger maxValue,
      int minDegree,
      int maxDegree,
      int minPolynomials,
      int maxPolynomials,
      List<String> variables,
      boolean crossProduct,
      boolean multivariate,
      boolean signs) {
    static Config of(FieldValues values) {
      int minTerms = values.count("min_terms", 1, MOST_TERMS);
      values.requireAtLeast("max_terms", "min_terms");
      values.requireRange("min_value", "max_value", 1);
      int minDegree = values.count("min_degree", 0, HIGHEST_DEGREE);
      values.requireAtLeast("max_degree", "min_degree");
      int maxDegree = values.count("max_degree", 0, HIGHEST_DEGREE);
      int minPolynomials = values.count("min_polynomials", 2, MOST_POLYNOMIALS);
      values.requireAtLeast("max_polynomials", "min_polynomials");
      List<String> variables = values.anyTexts("variables");
      values.require(!variables.isEmpty(), "variables", "a list with at least one element");
      boolean crossProduct = values.flag("allow_cross_variable_product");
      boolean multivariate = values.flag("allow_multivariate_polynomials");
      values.require(
          !multivariate || crossProduct,
          "allow_multivariate_polynomials",
          "false without allow_cross_variable_product");
      values.require(
          !multivariate || monomials(variables.size(), maxDegree) <= MOST_MONOMIALS,
          "max_degree",
          "so that there are at most " + MOST_MONOMIALS + " monomials");
      return new Config(
          values,
          minTerms,
          values.count("max_terms", 1, MOST_TERMS),
          values.integer("min_value"),
          values.integer("max_value"),
          minDegree,
          maxDegree,
          minPolynomials,
          values.count("max_polynomials", 2, MOST_POLYNOMIALS),
          variables,
          crossProduct,
          multivariate,
          values.texts("operators", List.of("+", "-")).contains("-"));
    }

    private static double monomials(int variables, int degree) {
      double count = 1;
      for (int i = 1; i <= degree; i++) {
        count = count * (variables + i) / i;
      }
      return count;
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<Map<String, Integer>> shared = config.crossProduct ? List.of() : monomials(random);
    int count = random.randint(config.minPolynomials, config.maxPolynomials);
    List<List<PolynomialProduct.Term>> factors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      factors.add(polynomial(random, shared.isEmpty() ? monomials(random) : shared));
    }
    PolynomialProduct product;
    try {
      product = new PolynomialProduct(factors);
    } catch (AlgebraException e) {
      throw cannotGenerate(index, String.valueOf(e.getMessage()));
    }
    String text = product.text();
    String question =
        random.choice(TEMPLATES).formatted(text)
            + CalculationGuidelines.HEADING
            + CalculationGuidelines.RULES;
    ObjectNode metadata = metadata(index);
    metadata.put("polynomial_expr", text);
    ArrayNode variables = metadata.putArray("variables");
    unknowns(product).forEach(symbol -> variables.add(String.valueOf(symbol.get(1))));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("min_terms", config.minTerms);
    difficulty.put("max_terms", config.maxTerms);
    difficulty.set("min_value", JsonValues.integer(config.minValue));
    difficulty.set("max_value", JsonValues.integer(config.maxValue));
    difficulty.put("min_degree", config.minDegree);
    difficulty.put("max_degree", config.maxDegree);
    difficulty.put("min_polynomials", config.minPolynomials);
    difficulty.put("max_polynomials", config.maxPolynomials);
    return problem(index, question, product.expandedText(), metadata);
  }

  /** The unknowns in the order of the set that the sets of the terms are merged into. */
  private static PythonSet<List<Object>> unknowns(PolynomialProduct product) {
    PythonSet<List<Object>> unknowns = new PythonSet<>();
    for (List<String> names : product.unknowns()) {
      PythonSet<List<Object>> ofTerm = new PythonSet<>();
      names.forEach(name -> ofTerm.update(PythonSet.of(List.of(Monomials.symbol(name)))));
      unknowns.update(ofTerm);
    }
    return unknowns;
  }

  private List<Map<String, Integer>> monomials(PythonRandom random) {
    return config.multivariate ? monomials.get(0) : random.choice(monomials);
  }

  private List<PolynomialProduct.Term> polynomial(
      PythonRandom random, List<Map<String, Integer>> options) {
    int count = random.randint(config.minTerms, config.maxTerms);
    List<PolynomialProduct.Term> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BigInteger coefficient = random.randint(config.minValue, config.maxValue);
      Map<String, Integer> monomial = random.choice(options);
      boolean negative = config.signs && random.random() < 0.5;
      terms.add(
          new PolynomialProduct.Term(negative ? coefficient.negate() : coefficient, monomial));
    }
    return terms;
  }

  /** 1 for the reference answer with its terms in any order; nothing is multiplied out. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    boolean right =
        answer.isPresent()
            && problem.answer().isPresent()
            && SameExpression.accepts(answer.get(), problem.answer().get());
    return Verdict.Scored.of(right ? 1 : 0);
  }
}
