package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Call;
import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import java.math.BigInteger;
import java.util.Map;

/**
 * Brings an expression to one fraction of polynomials in its unknowns and in the functions and
 * roots that it contains, each of which counts as a further unknown.
 */
final class Fraction {
  /** What the numerator says about the expression. */
  enum Sign {
    /** It is 0. */
    ZERO,
    /** It is a rational function and not 0. */
    NONZERO,
    /** It contains functions, or is too large to write out. */
    OPEN
  }

  /** Larger powers of sums are not written out. */
  private static final int LARGEST_POWER = 400;

  /** Work on one expression, in products of two terms; a fraction of a second. */
  private static final long STEPS = 200_000;

  private record Parts(Polynomial over, Polynomial under) {}

  private final Budget budget = new Budget(STEPS);
  private boolean rational = true;

  private Fraction() {}

  static Sign sign(Expression expression) {
    Fraction fraction = new Fraction();
    try {
      if (fraction.of(expression).over().isZero()) {
        return Sign.ZERO;
      }
    } catch (AlgebraException e) {
      return Sign.OPEN;
    }
    return fraction.rational ? Sign.NONZERO : Sign.OPEN;
  }

  private Parts of(Expression expression) {
    if (expression instanceof Constant constant) {
      return whole(Polynomial.constant(constant.value().exactly()));
    }
    if (expression instanceof Sum sum) {
      Parts total = whole(Polynomial.ZERO);
      for (Map.Entry<Expression, Scalar> term : sum.terms().entrySet()) {
        Polynomial factor = Polynomial.constant(term.getValue().exactly());
        Parts parts = of(term.getKey());
        total = plus(total, new Parts(parts.over().times(factor, budget), parts.under()));
      }
      return total;
    }
    if (expression instanceof Product product) {
      Parts total = whole(Polynomial.constant(product.coefficient().exactly()));
      for (Map.Entry<Expression, Expression> factor : product.factors().entrySet()) {
        Parts parts = power(factor.getKey(), factor.getValue());
        total =
            new Parts(
                total.over().times(parts.over(), budget),
                total.under().times(parts.under(), budget));
      }
      return total;
    }
    if (expression instanceof Power power) {
      return power(power.base(), power.exponent());
    }
    rational &= expression instanceof Symbol;
    return whole(Polynomial.variable(expression));
  }

  private static Parts whole(Polynomial polynomial) {
    return new Parts(polynomial, Polynomial.ONE);
  }

  private Parts plus(Parts a, Parts b) {
    if (a.under().equals(b.under())) {
      return new Parts(a.over().plus(b.over(), budget), a.under());
    }
    return new Parts(
        a.over().times(b.under(), budget).plus(b.over().times(a.under(), budget), budget),
        a.under().times(b.under(), budget));
  }

  private Parts power(Expression base, Expression exponent) {
    if (!(exponent instanceof Constant constant)
        || constant.value().isInexact()
        || base instanceof Named
        || base instanceof Constant) {
      rational = false;
      return whole(Polynomial.variable(new Power(base, exponent)));
    }
    Scalar.Exact value = (Scalar.Exact) constant.value();
    BigInteger[] parts = value.numerator().divideAndRemainder(value.denominator());
    if (parts[0].bitLength() > 31) {
      throw new AlgebraException("power too large");
    }
    Parts whole = wholePower(base, parts[0].intValue());
    if (parts[1].signum() == 0) {
      return whole;
    }
    // The root counts as an unknown; its powers above 1 are left alone.
    rational = false;
    Expression root =
        new Power(base, new Constant(Scalar.ratio(BigInteger.ONE, value.denominator())));
    Parts rest = wholePower(root, parts[1].intValue());
    return new Parts(
        whole.over().times(rest.over(), budget), whole.under().times(rest.under(), budget));
  }

  private Parts wholePower(Expression base, int exponent) {
    boolean atom = base instanceof Symbol || base instanceof Call || base instanceof Power;
    rational &= !(base instanceof Call);
    if (atom) {
      Polynomial power = Polynomial.variable(base, Math.abs(exponent));
      return exponent < 0 ? new Parts(Polynomial.ONE, power) : whole(power);
    }
    if (Math.abs(exponent) > LARGEST_POWER) {
      throw new AlgebraException("power too large");
    }
    Parts parts = of(base);
    Polynomial over = Polynomial.ONE;
    Polynomial under = Polynomial.ONE;
    for (int i = 0; i < Math.abs(exponent); i++) {
      over = over.times(parts.over(), budget);
      under = under.times(parts.under(), budget);
    }
    if (exponent < 0 && over.isZero()) {
      throw new AlgebraException("division by zero");
    }
    return exponent < 0 ? new Parts(under, over) : new Parts(over, under);
  }
}
