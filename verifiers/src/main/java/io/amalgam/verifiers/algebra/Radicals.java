package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Powers of numbers: roots that come out are taken out, those that do not stay powers. */
final class Radicals {
  /** Prime factors up to this are found. */
  private static final int LARGEST_FACTOR = 1 << 10;

  /** Larger roots are left alone. */
  private static final int LARGEST_ROOT = 64;

  private Radicals() {}

  static Expression power(Algebra algebra, Scalar base, Scalar exponent) {
    if (base.isZero()) {
      return exponent.signum() < 0 ? Named.COMPLEX_INFINITY : new Constant(base);
    }
    if (exponent.isWhole()) {
      return new Constant(base.power(((Scalar.Exact) exponent).numerator()));
    }
    if (base.signum() < 0) {
      return ofNegative(algebra, base, exponent);
    }
    if (base.isInexact() || exponent.isInexact()) {
      double value = Math.pow(base.toDouble(), exponent.toDouble());
      return new Constant(new Scalar.Inexact(value));
    }
    Scalar.Exact fraction = (Scalar.Exact) base;
    return algebra.product(
        ofWhole(algebra, fraction.numerator(), (Scalar.Exact) exponent),
        ofWhole(algebra, fraction.denominator(), (Scalar.Exact) exponent.negated()));
  }

  private static Expression ofNegative(Algebra algebra, Scalar base, Scalar exponent) {
    Expression size = algebra.power(new Constant(base.negated()), new Constant(exponent));
    Scalar doubled = exponent.times(Scalar.of(2));
    if (doubled.isWhole()) {
      return algebra.product(size, algebra.power(Named.I, new Constant(doubled)));
    }
    return algebra.product(size, new Power(new Constant(Scalar.MINUS_ONE), new Constant(exponent)));
  }

  /** A positive whole number to a fraction, as a number times a power with an exponent below 1. */
  private static Expression ofWhole(Algebra algebra, BigInteger base, Scalar.Exact exponent) {
    if (base.equals(BigInteger.ONE)) {
      return Constant.ONE;
    }
    BigInteger root = exponent.denominator();
    BigInteger[] parts = exponent.numerator().divideAndRemainder(root);
    if (parts[1].signum() < 0) {
      parts[0] = parts[0].subtract(BigInteger.ONE);
      parts[1] = parts[1].add(root);
    }
    Scalar outside = Scalar.of(base).power(parts[0]);
    if (root.bitLength() > 7 || root.intValue() > LARGEST_ROOT) {
      return algebra.product(
          new Constant(outside),
          new Power(new Constant(Scalar.of(base)), new Constant(Scalar.ratio(parts[1], root))));
    }
    BigInteger inside = base.pow(parts[1].intValue());
    BigInteger[] split = split(algebra, inside, root.intValue());
    Expression number = new Constant(outside.times(Scalar.of(split[0])));
    return split[1].equals(BigInteger.ONE)
        ? number
        : algebra.product(
            number,
            new Power(
                new Constant(Scalar.of(split[1])),
                new Constant(Scalar.ratio(BigInteger.ONE, root))));
  }

  /**
   * Merges roots of different numbers with the same exponent, as in √2·√5 = √10, and returns the
   * number that falls out.
   */
  static Scalar combine(Algebra algebra, Map<Expression, Expression> factors) {
    if (factors.keySet().stream().filter(Radicals::isPositiveNumber).count() < 2) {
      return Scalar.ONE;
    }
    Scalar outside = Scalar.ONE;
    Map<Expression, Scalar> byExponent = new LinkedHashMap<>();
    for (Map.Entry<Expression, Expression> factor : List.copyOf(factors.entrySet())) {
      if (isPositiveNumber(factor.getKey()) && factor.getValue() instanceof Constant) {
        Scalar number = ((Constant) factor.getKey()).value();
        byExponent.merge(factor.getValue(), number, Scalar::times);
        factors.remove(factor.getKey());
      }
    }
    for (Map.Entry<Expression, Scalar> merged : byExponent.entrySet()) {
      Expression power = algebra.power(new Constant(merged.getValue()), merged.getKey());
      outside = outside.times(algebra.multiply(factors, power));
    }
    return outside;
  }

  private static boolean isPositiveNumber(Expression base) {
    return base instanceof Constant constant && constant.value().signum() > 0;
  }

  /** Numbers a and b with a to the root times b equal to the given one. */
  private static BigInteger[] split(Algebra algebra, BigInteger number, int root) {
    BigInteger outside = BigInteger.ONE;
    BigInteger rest = number;
    if (number.bitLength() <= Scalar.MAX_BITS / 16) {
      algebra.budget().spend(LARGEST_FACTOR / 8);
      for (int factor = 2; factor <= LARGEST_FACTOR; factor++) {
        BigInteger prime = BigInteger.valueOf(factor);
        BigInteger power = prime.pow(root);
        if (power.bitLength() > rest.bitLength()) {
          break;
        }
        for (BigInteger[] parts = rest.divideAndRemainder(power);
            parts[1].signum() == 0;
            parts = rest.divideAndRemainder(power)) {
          outside = outside.multiply(prime);
          rest = parts[0];
        }
      }
    }
    return new BigInteger[] {outside, rest};
  }
}
