package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A product of polynomials in named unknowns, as a product and multiplied out. Immutable. */
public final class PolynomialProduct {
  /** Products of two terms that are worked out, about ten seconds' worth. */
  private static final long STEPS = 50_000_000;

  private final Expression product;
  private final List<PolynomialText.Term> expanded;

  /**
   * A term of a polynomial.
   *
   * @param coefficient any whole number
   * @param exponents positive exponents by unknown
   */
  public record Term(BigInteger coefficient, Map<String, Integer> exponents) {}

  /**
   * The product of sums of terms.
   *
   * @throws AlgebraException if it is too large
   */
  public PolynomialProduct(List<List<Term>> factors) {
    Algebra algebra = new Algebra();
    Budget budget = new Budget(STEPS);
    Expression written = Constant.ONE;
    Polynomial total = Polynomial.ONE;
    for (List<Term> factor : factors) {
      List<Expression> terms = new ArrayList<>();
      Polynomial polynomial = Polynomial.ZERO;
      for (Term term : factor) {
        Scalar coefficient = Scalar.of(term.coefficient);
        Expression expression = new Constant(coefficient);
        Polynomial monomial = Polynomial.constant(coefficient);
        for (Map.Entry<String, Integer> part : term.exponents.entrySet()) {
          Symbol symbol = new Symbol(part.getKey());
          Expression power = algebra.power(symbol, Algebra.number(part.getValue()));
          expression = algebra.product(expression, power);
          monomial = monomial.times(Polynomial.variable(symbol, part.getValue()), budget);
        }
        terms.add(expression);
        polynomial = polynomial.plus(monomial, budget);
      }
      written = algebra.product(written, algebra.sum(terms));
      total = total.times(polynomial, budget);
    }
    product = written;
    expanded = PolynomialText.terms(total);
  }

  /** The product as it stands. */
  public String text() {
    return PolynomialText.of(product);
  }

  /** The product multiplied out. */
  public String expandedText() {
    return PolynomialText.of(expanded);
  }

  /** The unknowns of each term of {@link #expandedText}. */
  public List<List<String>> unknowns() {
    return expanded.stream().map(term -> List.copyOf(term.exponents().keySet())).toList();
  }
}
