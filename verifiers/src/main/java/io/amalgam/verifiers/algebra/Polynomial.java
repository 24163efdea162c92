package io.amalgam.verifiers.algebra;

import java.util.HashMap;
import java.util.Map;

/**
 * A polynomial with exact coefficients in any number of unknowns. Immutable.
 *
 * @param terms monomials (unknowns with positive exponents) with coefficients other than 0
 */
record Polynomial(Map<Map<Expression, Integer>, Scalar> terms) {
  static final Polynomial ZERO = new Polynomial(Map.of());
  static final Polynomial ONE = new Polynomial(Map.of(Map.of(), Scalar.ONE));

  /** Larger exponents are refused. */
  private static final int LARGEST_EXPONENT = 1 << 28;

  static Polynomial constant(Scalar value) {
    return value.isZero() ? ZERO : new Polynomial(Map.of(Map.of(), value));
  }

  static Polynomial variable(Expression unknown) {
    return variable(unknown, 1);
  }

  static Polynomial variable(Expression unknown, int exponent) {
    return exponent == 0 ? ONE : new Polynomial(Map.of(Map.of(unknown, exponent), Scalar.ONE));
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  Polynomial plus(Polynomial other, Budget budget) {
    budget.spend(terms.size() + other.terms.size());
    Map<Map<Expression, Integer>, Scalar> sum = new HashMap<>(terms);
    other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient));
    return new Polynomial(sum);
  }

  Polynomial times(Polynomial other, Budget budget) {
    if (equals(ONE)) {
      return other;
    }
    if (other.equals(ONE)) {
      return this;
    }
    budget.spend((long) terms.size() * other.terms.size());
    Map<Map<Expression, Integer>, Scalar> product = new HashMap<>();
    terms.forEach(
        (left, a) ->
            other.terms.forEach(
                (right, b) -> {
                  Map<Expression, Integer> monomial = new HashMap<>(left);
                  right.forEach(
                      (unknown, exponent) -> monomial.merge(unknown, exponent, Polynomial::total));
                  budget.spend(monomial.size());
                  add(product, monomial, a.times(b));
                }));
    return new Polynomial(product);
  }

  private static int total(int a, int b) {
    if (a > LARGEST_EXPONENT || b > LARGEST_EXPONENT) {
      throw new AlgebraException("exponent too large");
    }
    return a + b;
  }

  private static void add(
      Map<Map<Expression, Integer>, Scalar> terms,
      Map<Expression, Integer> monomial,
      Scalar coefficient) {
    Scalar before = terms.get(monomial);
    Scalar after = before == null ? coefficient : before.plus(coefficient);
    if (after.isZero()) {
      terms.remove(monomial);
    } else {
      terms.put(monomial, after);
    }
  }
}
