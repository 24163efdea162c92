package io.amalgam.verifiers.python;

import java.math.BigDecimal;

/**
 * A finite value of Python's {@code decimal.Decimal} to calculate with: unlike a {@link BigDecimal}
 * it tells zero from negative zero.
 *
 * @param negative the sign
 * @param magnitude the value without its sign; its scale is Python's exponent, negated
 */
public record PythonDecimalNumber(boolean negative, BigDecimal magnitude) {

  /** A number with the digits and scale of a {@link BigDecimal}; zero is positive. */
  public static PythonDecimalNumber of(BigDecimal value) {
    return new PythonDecimalNumber(value.signum() < 0, value.abs());
  }

  /** The number without the difference between the two zeros. */
  public BigDecimal value() {
    return negative ? magnitude.negate() : magnitude;
  }

  /** The same number with the other sign. */
  public PythonDecimalNumber negated() {
    return new PythonDecimalNumber(!negative, magnitude);
  }

  /** Python's {@code str}: trailing zeros stay, {@code 0E-11}, {@code 1.5E+13}. */
  @Override
  public String toString() {
    return (negative ? "-" : "") + magnitude;
  }
}
