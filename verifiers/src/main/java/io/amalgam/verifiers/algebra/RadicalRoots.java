package io.amalgam.verifiers.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The real roots that SymPy's {@code solve} recognises as real.
 *
 * <p>It writes roots by the formulas for degrees up to four. Where those pass through complex
 * numbers it does not see that the result is real: the three roots of a cubic without rational root
 * (the "irreducible case"), and quartics whose resolvent leads there. With other quartics it
 * sometimes does not find the signs of numbers under the roots.
 */
public final class RadicalRoots {
  private RadicalRoots() {}

  /** The recognised roots in ascending order; none for a constant. */
  public static List<BigDecimal> of(LaurentPolynomial polynomial) {
    List<BigInteger> coefficients = whole(polynomial);
    List<RealRoots.Root> all = RealRoots.of(coefficients);
    BigInteger[] rest = coefficients.toArray(BigInteger[]::new);
    for (RealRoots.Root root : all) {
      if (root.rational().isPresent()) {
        rest = without(rest, root.rational().get());
      }
    }
    long irrational = all.stream().filter(root -> root.rational().isEmpty()).count();
    boolean seen = irrational > 0 && isSeen(rest, irrational);
    List<BigDecimal> roots = new ArrayList<>();
    for (RealRoots.Root root : all) {
      if (seen || root.rational().isPresent()) {
        roots.add(root.value());
      }
    }
    return roots;
  }

  private static List<BigInteger> whole(LaurentPolynomial polynomial) {
    SortedMap<Integer, Scalar.Exact> terms = polynomial.coefficients();
    List<BigInteger> coefficients = new ArrayList<>();
    int degree = terms.isEmpty() ? -1 : terms.firstKey();
    for (int i = 0; i <= degree; i++) {
      Scalar.Exact coefficient = terms.get(i);
      coefficients.add(coefficient == null ? BigInteger.ZERO : coefficient.numerator());
    }
    return coefficients;
  }

  /** Divides by (denominator x - numerator) as often as that goes. */
  private static BigInteger[] without(BigInteger[] polynomial, Scalar.Exact root) {
    BigInteger[] current = polynomial;
    while (current.length > 1) {
      BigInteger[] quotient = new BigInteger[current.length - 1];
      BigInteger carry = BigInteger.ZERO;
      for (int i = quotient.length - 1; i >= 0; i--) {
        BigInteger[] parts =
            current[i + 1]
                .add(carry.multiply(root.numerator()))
                .divideAndRemainder(root.denominator());
        if (parts[1].signum() != 0) {
          return current;
        }
        quotient[i] = parts[0];
        carry = parts[0];
      }
      if (current[0].add(carry.multiply(root.numerator())).signum() != 0) {
        return current;
      }
      current = quotient;
    }
    return current;
  }

  private static boolean isSeen(BigInteger[] rest, long real) {
    switch (rest.length - 1) {
      case 3:
        return real == 1;
      case 4:
        return new Quartic(rest).isSeen(real);
      default:
        return true;
    }
  }

  /** x⁴ + a x³ + b x² + c x + d and its depressed form y⁴ + e y² + f y + g. */
  private static final class Quartic {
    private final Scalar a;
    private final Scalar b;
    private final Scalar c;
    private final Scalar d;
    private final Scalar e;
    private final Scalar f;
    private final Scalar g;

    Quartic(BigInteger[] coefficients) {
      a = Scalar.ratio(coefficients[3], coefficients[4]);
      b = Scalar.ratio(coefficients[2], coefficients[4]);
      c = Scalar.ratio(coefficients[1], coefficients[4]);
      d = Scalar.ratio(coefficients[0], coefficients[4]);
      Scalar square = a.times(a);
      e = b.plus(square.times(ratio(-3, 8)));
      f = c.plus(a.times(square.times(ratio(1, 8)).plus(b.times(ratio(-1, 2)))));
      Scalar inner = a.times(square.times(ratio(3, 64)).plus(b.times(ratio(-1, 4)))).plus(c);
      g = d.plus(a.times(ratio(-1, 4)).times(inner));
    }

    boolean isSeen(long real) {
      boolean twoTerms = a.isZero() && b.isZero() && c.isZero();
      boolean symmetric = !a.isZero() && c.times(c).equals(d.times(a).times(a));
      if (twoTerms || symmetric || f.isZero() || hasRationalResolventRoot()) {
        return true;
      }
      // Ferrari's p and q; with four real roots the cube root in them is one of a complex number.
      Scalar p = e.times(e).times(ratio(-1, 12)).plus(g.negated());
      Scalar q =
          e.times(e)
              .times(e)
              .times(ratio(-1, 108))
              .plus(e.times(g).times(ratio(1, 3)))
              .plus(f.times(f).times(ratio(-1, 8)));
      if (real != 2) {
        return false;
      }
      return p.signum() == 0 ? q.signum() > 0 : FerrariSigns.areKnown(e, p, q);
    }

    private boolean hasRationalResolventRoot() {
      Scalar.Exact square = (Scalar.Exact) Scalar.of(32).times(e);
      Scalar.Exact line = (Scalar.Exact) e.times(e).times(ratio(4, 1)).plus(g.times(ratio(-16, 1)));
      Scalar.Exact constant = (Scalar.Exact) f.times(f).negated();
      BigInteger under =
          square.denominator().multiply(line.denominator()).multiply(constant.denominator());
      List<BigInteger> cubic =
          List.of(
              constant.numerator().multiply(under).divide(constant.denominator()),
              line.numerator().multiply(under).divide(line.denominator()),
              square.numerator().multiply(under).divide(square.denominator()),
              under.shiftLeft(6));
      return RealRoots.of(cubic).stream().anyMatch(root -> root.rational().isPresent());
    }

    private static Scalar ratio(long over, long under) {
      return Scalar.ratio(BigInteger.valueOf(over), BigInteger.valueOf(under));
    }
  }
}
