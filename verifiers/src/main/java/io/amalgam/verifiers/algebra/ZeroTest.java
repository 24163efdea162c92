package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Call;
import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Decides whether an expression is 0 for all values of its unknowns.
 *
 * <ol>
 *   <li>Collected like terms may leave 0: exact.
 *   <li>A rational function of the unknowns is brought to one fraction of polynomials and is 0 if
 *       its numerator is: exact, both ways. With other functions in it, each of them counts as an
 *       unknown; then only "it is 0" is proven.
 *   <li>What is still open, such as identities between sines and cosines, is computed with fifty
 *       digits at complex points all around the origin. A value other than 0 disproves; 0 at all of
 *       them counts as 0, which is not a proof.
 * </ol>
 *
 * <p>Floats stand for the binary fractions that they hold. What cannot be decided within the
 * allowed work is not 0.
 */
public final class ZeroTest {
  private static final int POINTS = 9;

  /** Points at which a value must exist. */
  private static final int ENOUGH_POINTS = 4;

  private static final BigDecimal TOLERANCE = BigDecimal.ONE.movePointLeft(28);

  private ZeroTest() {}

  /** Whether the expression is 0. */
  public static boolean isZero(Algebra algebra, Expression expression) {
    if (expression instanceof Constant constant) {
      return constant.value().isZero();
    }
    if (hasInnerFloat(expression)) {
      return false;
    }
    Fraction.Sign exact = Fraction.sign(expression);
    if (exact != Fraction.Sign.OPEN) {
      return exact == Fraction.Sign.ZERO;
    }
    int zeros = 0;
    for (int point = 0; point < POINTS; point++) {
      try {
        if (!isZeroAt(algebra, expression, point)) {
          return false;
        }
        zeros++;
      } catch (ArithmeticException e) {
        // No value here; another point may have one.
        continue;
      }
    }
    return zeros >= ENOUGH_POINTS;
  }

  /** Compares with the largest term, since digits are lost where large terms cancel. */
  private static boolean isZeroAt(Algebra algebra, Expression expression, int point) {
    NumericValue values = new NumericValue(algebra.budget(), point);
    BigDecimal size = values.of(expression).size();
    BigDecimal scale = BigDecimal.ONE;
    if (expression instanceof Sum sum) {
      for (Map.Entry<Expression, Scalar> term : sum.terms().entrySet()) {
        BigDecimal factor = new BigDecimal(Math.abs(term.getValue().toDouble()));
        scale = scale.max(values.of(term.getKey()).size().multiply(factor));
      }
    }
    return size.compareTo(scale.multiply(TOLERANCE)) <= 0;
  }

  /**
   * Whether a float stands in the exponent of a power or the argument of a function, as in x**2.0
   * or sin(2.0*x): SymPy does not take it for the exact number there and finds no 0. Negative
   * exponents such as -0.5 are the exception, since fractions are brought together.
   */
  private static boolean hasInnerFloat(Expression expression) {
    if (expression instanceof Sum sum) {
      return sum.terms().keySet().stream().anyMatch(ZeroTest::hasInnerFloat);
    }
    if (expression instanceof Product product) {
      return product.factors().entrySet().stream()
          .anyMatch(part -> hasInnerFloat(part.getKey(), part.getValue()));
    }
    if (expression instanceof Power power) {
      return hasInnerFloat(power.base(), power.exponent());
    }
    return expression instanceof Call call
        && call.arguments().stream().anyMatch(ZeroTest::hasFloat);
  }

  private static boolean hasInnerFloat(Expression base, Expression exponent) {
    if (exponent instanceof Constant constant) {
      double value = constant.value().toDouble();
      boolean shown = constant.value().isInexact() && (value > 0 || Math.rint(value) == value);
      return shown || hasInnerFloat(base);
    }
    return hasFloat(exponent) || hasInnerFloat(base);
  }

  private static boolean hasFloat(Expression expression) {
    if (expression instanceof Constant constant) {
      return constant.value().isInexact();
    }
    if (expression instanceof Sum sum) {
      return sum.terms().entrySet().stream()
          .anyMatch(term -> term.getValue().isInexact() || hasFloat(term.getKey()));
    }
    if (expression instanceof Product product) {
      return product.coefficient().isInexact()
          || product.factors().entrySet().stream()
              .anyMatch(part -> hasFloat(part.getKey()) || hasFloat(part.getValue()));
    }
    if (expression instanceof Power power) {
      return hasFloat(power.base()) || hasFloat(power.exponent());
    }
    return expression instanceof Call call
        && call.arguments().stream().anyMatch(ZeroTest::hasFloat);
  }
}
