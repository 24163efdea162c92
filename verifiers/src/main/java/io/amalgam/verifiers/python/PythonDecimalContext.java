package io.amalgam.verifiers.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic of Python's {@code decimal} with a number of significant digits, rounding half to
 * even.
 *
 * <p>Results have the exponents of the General Decimal Arithmetic Specification (version 1.70), so
 * that they print with as many zeros as Python's.
 */
public final class PythonDecimalContext {
  /** The precision that Python starts with. */
  public static final int DEFAULT_PRECISION = 28;

  private final MathContext rounding;

  /**
   * A context.
   *
   * @param precision significant digits of results, at least 1
   */
  public PythonDecimalContext(int precision) {
    rounding = new MathContext(precision, RoundingMode.HALF_EVEN);
  }

  /** The sum. */
  public PythonDecimalNumber add(PythonDecimalNumber left, PythonDecimalNumber right) {
    BigDecimal sum = left.value().add(right.value());
    boolean negative = sum.signum() == 0 ? left.negative() && right.negative() : sum.signum() < 0;
    return new PythonDecimalNumber(negative, sum.abs().round(rounding));
  }

  /** The difference. */
  public PythonDecimalNumber subtract(PythonDecimalNumber left, PythonDecimalNumber right) {
    return add(left, right.negated());
  }

  /** The product. */
  public PythonDecimalNumber multiply(PythonDecimalNumber left, PythonDecimalNumber right) {
    return new PythonDecimalNumber(
        left.negative() != right.negative(),
        left.magnitude().multiply(right.magnitude()).round(rounding));
  }

  /**
   * The quotient; an exact one has as few decimals as the operands' exponents ask for.
   *
   * @throws ArithmeticException if the divisor is zero
   */
  public PythonDecimalNumber divide(PythonDecimalNumber left, PythonDecimalNumber right) {
    if (right.magnitude().signum() == 0) {
      throw new ArithmeticException("division of " + left + " by zero");
    }
    return new PythonDecimalNumber(
        left.negative() != right.negative(), quotient(left.magnitude(), right.magnitude()));
  }

  /**
   * The quotient of a whole number and a power of ten, as {@link #divide} gives it but without a
   * division.
   *
   * @param decimals the power of ten, at least 0
   */
  public PythonDecimalNumber shifted(BigInteger whole, int decimals) {
    BigDecimal exact = new BigDecimal(whole.abs(), decimals);
    return new PythonDecimalNumber(whole.signum() < 0, withoutSpareZeros(exact, 0).round(rounding));
  }

  /** An exact quotient with no more zeros at its end than a scale asks for. */
  private static BigDecimal withoutSpareZeros(BigDecimal exact, int idealScale) {
    int fewest = Math.max(idealScale, exact.stripTrailingZeros().scale());
    return fewest < exact.scale() ? exact.setScale(fewest) : exact;
  }

  private BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    int idealScale = Math.subtractExact(dividend.scale(), divisor.scale());
    if (dividend.signum() == 0) {
      return new BigDecimal(BigInteger.ZERO, idealScale);
    }
    // One digit more than asked for, then a last digit that stands for all that follow.
    int shift = divisor.precision() - dividend.precision() + rounding.getPrecision() + 1;
    BigInteger scaledDividend = dividend.unscaledValue();
    BigInteger scaledDivisor = divisor.unscaledValue();
    if (shift >= 0) {
      scaledDividend = scaledDividend.multiply(BigInteger.TEN.pow(shift));
    } else {
      scaledDivisor = scaledDivisor.multiply(BigInteger.TEN.pow(-shift));
    }
    BigInteger[] parts = scaledDividend.divideAndRemainder(scaledDivisor);
    int scale = Math.addExact(idealScale, shift);
    if (parts[1].signum() != 0) {
      BigInteger sticky = parts[0].multiply(BigInteger.TEN).add(BigInteger.ONE);
      return new BigDecimal(sticky, scale + 1).round(rounding);
    }
    return withoutSpareZeros(new BigDecimal(parts[0], scale), idealScale).round(rounding);
  }
}
