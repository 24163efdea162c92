package io.amalgam.verifiers.task.algebra;

import java.math.BigInteger;

/** Writes a sum of multiples, such as {@code 3*x*sin(x)/2 - cos(x)}. */
final class TermList {
  private final StringBuilder text = new StringBuilder();

  /** Adds over / under times what a text says; a multiple of 0 adds nothing. */
  TermList plus(BigInteger over, BigInteger under, String what) {
    if (over.signum() == 0) {
      return this;
    }
    BigInteger common = over.gcd(under);
    boolean negative = over.signum() * under.signum() < 0;
    BigInteger numerator = over.divide(common).abs();
    BigInteger denominator = under.divide(common).abs();
    if (text.length() > 0) {
      text.append(negative ? " - " : " + ");
    } else if (negative) {
      text.append('-');
    }
    text.append(numerator.equals(BigInteger.ONE) ? what : numerator + "*" + what);
    text.append(denominator.equals(BigInteger.ONE) ? "" : "/" + denominator);
    return this;
  }

  TermList plus(BigInteger factor, String what) {
    return plus(factor, BigInteger.ONE, what);
  }

  @Override
  public String toString() {
    return text.length() == 0 ? "0" : text.toString();
  }
}
