package io.amalgam.verifiers.task.geometry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** A fraction in lowest terms with a positive denominator. */
record Ratio(BigInteger over, BigInteger under) {
  private static final MathContext DIGITS = new MathContext(60);

  static Ratio of(BigInteger over, BigInteger under) {
    BigInteger common = over.gcd(under);
    common = under.signum() < 0 ? common.negate() : common;
    return new Ratio(over.divide(common), under.divide(common));
  }

  double value() {
    return new BigDecimal(over).divide(new BigDecimal(under), DIGITS).doubleValue();
  }

  String text() {
    return under.equals(BigInteger.ONE) ? over.toString() : over + "/" + under;
  }
}
