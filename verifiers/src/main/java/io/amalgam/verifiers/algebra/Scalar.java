package io.amalgam.verifiers.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** A number in an expression: an exact fraction, or a float that makes what it touches a float. */
public sealed interface Scalar {
  /** Largest number of bits of a numerator or denominator. */
  int MAX_BITS = 1 << 14;

  /** Nothing. */
  Scalar ZERO = of(0);

  /** One. */
  Scalar ONE = of(1);

  /** Minus one. */
  Scalar MINUS_ONE = of(-1);

  /**
   * A fraction in lowest terms.
   *
   * @param numerator carries the sign
   * @param denominator positive
   */
  record Exact(BigInteger numerator, BigInteger denominator) implements Scalar {}

  /** A float. */
  record Inexact(double value) implements Scalar {}

  /** A whole number. */
  static Scalar of(long value) {
    return new Exact(BigInteger.valueOf(value), BigInteger.ONE);
  }

  /** A whole number. */
  static Scalar of(BigInteger value) {
    return ratio(value, BigInteger.ONE);
  }

  /** The fraction of two whole numbers, the second not 0. */
  static Scalar ratio(BigInteger numerator, BigInteger denominator) {
    if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
      throw new AlgebraException("number too large");
    }
    BigInteger common = numerator.gcd(denominator);
    common = denominator.signum() < 0 ? common.negate() : common;
    return new Exact(numerator.divide(common), denominator.divide(common));
  }

  /** The sum. */
  default Scalar plus(Scalar other) {
    if (this instanceof Exact a && other instanceof Exact b) {
      if (a.denominator.equals(b.denominator)) {
        return ratio(a.numerator.add(b.numerator), a.denominator);
      }
      return ratio(
          a.numerator.multiply(b.denominator).add(b.numerator.multiply(a.denominator)),
          a.denominator.multiply(b.denominator));
    }
    return new Inexact(toDouble() + other.toDouble());
  }

  /** The product; an exact 0 wins over floats. */
  default Scalar times(Scalar other) {
    if (this instanceof Exact a && other instanceof Exact b) {
      return ratio(a.numerator.multiply(b.numerator), a.denominator.multiply(b.denominator));
    }
    return equals(ZERO) || other.equals(ZERO) ? ZERO : new Inexact(toDouble() * other.toDouble());
  }

  /** The opposite. */
  default Scalar negated() {
    return times(MINUS_ONE);
  }

  /** A whole power; a negative one of 0 is refused. */
  default Scalar power(BigInteger exponent) {
    if (this instanceof Exact exact) {
      if (isZero() && exponent.signum() < 0) {
        throw new AlgebraException("division by zero");
      }
      long bits = Math.max(exact.numerator.bitLength(), exact.denominator.bitLength());
      boolean unit = exact.denominator.equals(BigInteger.ONE) && exact.numerator.bitLength() <= 1;
      if (unit && exact.numerator.abs().bitLength() <= 1) {
        return exact.numerator.signum() < 0 && !exponent.testBit(0) ? ONE : this;
      }
      if (exponent.bitLength() > 15 || bits * exponent.abs().intValue() > 2L * MAX_BITS) {
        throw new AlgebraException("number too large");
      }
      int count = exponent.abs().intValue();
      BigInteger over = exact.numerator.pow(count);
      BigInteger under = exact.denominator.pow(count);
      return exponent.signum() < 0 ? ratio(under, over) : ratio(over, under);
    }
    return new Inexact(Math.pow(toDouble(), exponent.doubleValue()));
  }

  /** The nearest double. */
  default double toDouble() {
    if (this instanceof Exact exact) {
      return new BigDecimal(exact.numerator)
          .divide(new BigDecimal(exact.denominator), MathContext.DECIMAL128)
          .doubleValue();
    }
    return ((Inexact) this).value;
  }

  /** The same number as a fraction; a float is the dyadic fraction that it holds. */
  default Exact exactly() {
    if (this instanceof Exact exact) {
      return exact;
    }
    double value = toDouble();
    if (!Double.isFinite(value)) {
      throw new AlgebraException("not finite");
    }
    BigDecimal decimal = new BigDecimal(value);
    BigInteger scale = BigInteger.TEN.pow(Math.max(decimal.scale(), 0));
    return (Exact) ratio(decimal.multiply(new BigDecimal(scale)).toBigIntegerExact(), scale);
  }

  /** Whether it is 0 of either kind. */
  default boolean isZero() {
    return signum() == 0;
  }

  /** -1, 0 or 1. */
  default int signum() {
    return this instanceof Exact exact ? exact.numerator.signum() : (int) Math.signum(toDouble());
  }

  /** Whether it is an exact whole number. */
  default boolean isWhole() {
    return this instanceof Exact exact && exact.denominator.equals(BigInteger.ONE);
  }

  /** Whether it is a float. */
  default boolean isInexact() {
    return this instanceof Inexact;
  }
}
