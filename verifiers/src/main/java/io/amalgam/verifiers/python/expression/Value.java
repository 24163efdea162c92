package io.amalgam.verifiers.python.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A value on the way: exact as long as SymPy is exact, a double where it computes with floats or
 * irrational numbers.
 */
public sealed interface Value {

  /** A fraction in lowest terms with a positive denominator. */
  record Exact(BigInteger numerator, BigInteger denominator) implements Value {
    boolean isInteger() {
      return denominator.equals(BigInteger.ONE);
    }

    /** Rounds towards minus infinity. */
    BigInteger floor() {
      BigInteger[] parts = numerator.divideAndRemainder(denominator);
      return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
  }

  /** A float or an irrational number. */
  record Real(double value) implements Value {}

  /** What is no number of the real line. */
  enum Special implements Value {
    /** The one point at infinity that a division by zero gives. */
    COMPLEX_INFINITY,
    /** Not a number. */
    NAN,
    /** Positive infinity. */
    INFINITY,
    /** Negative infinity. */
    NEGATIVE_INFINITY
  }

  /** A truth value of Python: it counts as 0 or 1 beside whole numbers and nowhere else. */
  record Truth(boolean holds) implements Value {}

  /** The outcome of an order comparison, which is no number but can be asked whether it holds. */
  record Relation(boolean holds) implements Value {}

  /** Largest number of bits that is computed. */
  int MAX_BITS = 1 << 17;

  Exact ZERO = new Exact(BigInteger.ZERO, BigInteger.ONE);

  static Exact exact(BigInteger value) {
    return ratio(value, BigInteger.ONE);
  }

  static Exact exact(long value) {
    return exact(BigInteger.valueOf(value));
  }

  /** The fraction of two integers; the denominator is not 0. */
  static Exact ratio(BigInteger numerator, BigInteger denominator) {
    if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
      throw ExpressionException.tooLarge();
    }
    BigInteger common = numerator.gcd(denominator);
    common = denominator.signum() < 0 ? common.negate() : common;
    return new Exact(numerator.divide(common), denominator.divide(common));
  }

  /** The value as {@code float()} gives it. */
  default double toDouble() {
    if (this instanceof Exact exact) {
      return exact.isInteger()
          ? exact.numerator.doubleValue()
          : new BigDecimal(exact.numerator)
              .divide(new BigDecimal(exact.denominator), MathContext.DECIMAL128)
              .doubleValue();
    }
    if (this instanceof Real real) {
      return real.value;
    }
    if (this instanceof Truth truth) {
      return truth.holds ? 1 : 0;
    }
    if (this == Special.NAN) {
      return Double.NaN;
    }
    if (this == Special.INFINITY || this == Special.NEGATIVE_INFINITY) {
      return this == Special.INFINITY ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    throw ExpressionException.invalid("not a real number");
  }

  /** The value without its fraction, as {@code int()} gives it. */
  default BigInteger truncated() {
    if (this instanceof Exact exact) {
      return exact.numerator.divide(exact.denominator);
    }
    double value = toDouble();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw ExpressionException.invalid("not a finite number");
    }
    return new BigDecimal(value).toBigInteger();
  }

  default boolean isZero() {
    return equals(ZERO) || (this instanceof Real real && real.value == 0);
  }

  default boolean isTrue() {
    if (this instanceof Truth truth) {
      return truth.holds;
    }
    return this instanceof Relation relation ? relation.holds : !isZero();
  }

  /** Refuses what cannot be computed with. */
  default Value number() {
    if (this instanceof Truth || this instanceof Relation) {
      throw ExpressionException.invalid("a truth value is no number");
    }
    return this;
  }

  /** The integer that this is exactly. */
  default BigInteger integer() {
    if (this instanceof Exact exact && exact.isInteger()) {
      return exact.numerator;
    }
    throw ExpressionException.invalid("a whole number is needed");
  }
}
