package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether SymPy sees that the real roots which Ferrari's formula gives are real.
 *
 * <p>It must know the signs of the numbers under the roots, and asks for them in floats with two
 * bits. Where the inner sums come out as 0 or negative there, the outer roots become complex and it
 * gives up; so these sums are worked out here with two bits, in the order of its terms.
 */
final class FerrariSigns {
  /** 1/3 in two bits. */
  private static final double THIRD = 0.375;

  /** A coefficient and the two-bit value of the power that it stands before. */
  private record Term(Scalar coefficient, int power, double value) {
    /** Bare powers, then -1, whole numbers, fractions; those by numerator and denominator. */
    static final Comparator<Term> ORDER =
        Comparator.comparingInt(Term::kind)
            .thenComparing(term -> term.coefficient.exactly().numerator())
            .thenComparing(term -> term.coefficient.exactly().denominator())
            .thenComparingInt(Term::power);

    private int kind() {
      if (coefficient.equals(Scalar.ONE)) {
        return 0;
      }
      if (coefficient.times(Scalar.of(2)).equals(Scalar.ONE)) {
        return 1;
      }
      if (coefficient.equals(Scalar.MINUS_ONE)) {
        return 2;
      }
      return coefficient.isWhole() ? 3 : 4;
    }
  }

  private FerrariSigns() {}

  /**
   * Whether both real roots of y⁴ + e y² + f y + g are seen, with p and q of its resolvent, p not 0
   * and the discriminant of the resolvent positive.
   */
  static boolean areKnown(Scalar e, Scalar p, Scalar q) {
    if (p.signum() < 0 && q.signum() > 0) {
      // The cube root of a negative number, which is complex.
      return false;
    }
    double cube = rounded(twoBits(q.times(ratio(-1, 2))) + discriminantRoot(p, q));
    if (cube <= 0) {
      return false;
    }
    double root = rounded(Math.pow(cube, THIRD));
    double inverse = rounded(Math.pow(cube, -THIRD));
    Term second = new Term(p.times(ratio(-2, 3)), 0, inverse);
    return sum(e.times(ratio(-2, 3)), List.of(new Term(Scalar.of(2), 1, root), second)) > 0;
  }

  /** The root of q²/4 + p³/27, as a fraction times the root of a whole number. */
  private static double discriminantRoot(Scalar p, Scalar q) {
    Scalar under = q.times(q).times(ratio(1, 4)).plus(p.times(p).times(p).times(ratio(1, 27)));
    Expression root = new Algebra().squareRoot(new Constant(under));
    if (root instanceof Constant constant) {
      return twoBits(constant.value());
    }
    if (root instanceof Product product
        && product.factors().keySet().iterator().next() instanceof Constant base) {
      double value = rounded(Math.sqrt(twoBits(base.value())));
      return rounded(twoBits(product.coefficient()) * value);
    }
    return root instanceof Power power && power.base() instanceof Constant base
        ? rounded(Math.sqrt(twoBits(base.value())))
        : twoBits(under);
  }

  private static double sum(Scalar number, List<Term> terms) {
    List<Term> ordered = new ArrayList<>(terms);
    ordered.sort(Term.ORDER);
    double sum = twoBits(number);
    for (Term term : ordered) {
      sum = rounded(sum + rounded(twoBits(term.coefficient) * term.value));
    }
    return sum;
  }

  private static double twoBits(Scalar scalar) {
    return rounded(scalar.toDouble());
  }

  /** The nearest number with two significant bits, ties to even. */
  private static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    double unit = Math.scalb(1.0, Math.getExponent(value) - 1);
    return Math.rint(value / unit) * unit;
  }

  private static Scalar ratio(long over, long under) {
    return Scalar.ratio(BigInteger.valueOf(over), BigInteger.valueOf(under));
  }
}
