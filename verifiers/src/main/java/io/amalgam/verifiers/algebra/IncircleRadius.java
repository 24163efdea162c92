package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import java.math.BigInteger;
import java.util.Map;

/**
 * The radius of the circle in a triangle by Heron's formula, exact and as text, in the form that
 * SymPy gives it.
 */
public final class IncircleRadius {
  private static final Constant HALF = new Constant(Scalar.ratio(BigInteger.ONE, BigInteger.TWO));

  private final Algebra algebra = new Algebra();

  private IncircleRadius() {}

  /** The text, from the squares of the sides opposite A, B and C. */
  public static String text(BigInteger a, BigInteger b, BigInteger c) {
    return SurdText.of(new IncircleRadius().radius(a, b, c));
  }

  private Expression radius(BigInteger squareA, BigInteger squareB, BigInteger squareC) {
    Expression a = side(squareA);
    Expression b = side(squareB);
    Expression c = side(squareC);
    Expression s = algebra.product(HALF, algebra.sum(a, b, c));
    Expression square = algebra.product(s, less(s, a));
    square = algebra.product(square, less(s, b));
    square = algebra.product(square, less(s, c));
    return algebra.quotient(root(square), s);
  }

  private Expression side(BigInteger square) {
    return algebra.squareRoot(new Constant(Scalar.of(square)));
  }

  private Expression less(Expression from, Expression what) {
    return algebra.sum(from, algebra.negated(what));
  }

  /** All factors are positive, so that the root of the product is the product of the roots. */
  private Expression root(Expression square) {
    if (!(square instanceof Product product)) {
      return algebra.squareRoot(square);
    }
    Expression root = algebra.squareRoot(new Constant(product.coefficient()));
    for (Map.Entry<Expression, Expression> factor : product.factors().entrySet()) {
      Expression half = algebra.product(HALF, factor.getValue());
      Expression part =
          half.equals(Constant.ONE) ? factor.getKey() : new Power(factor.getKey(), half);
      root = algebra.product(root, part);
    }
    return root;
  }
}
