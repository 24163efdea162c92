package io.amalgam.verifiers.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A complex number of fifty digits. Numbers too large or small to compare are refused with an
 * {@link ArithmeticException}, as are divisions by 0.
 */
record ComplexNumber(BigDecimal re, BigDecimal im) {
  static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);
  static final BigDecimal PI =
      new BigDecimal(
          "3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280");

  static final ComplexNumber ZERO = of(BigDecimal.ZERO);
  static final ComplexNumber ONE = of(BigDecimal.ONE);
  static final ComplexNumber I = new ComplexNumber(BigDecimal.ZERO, BigDecimal.ONE);

  /** Powers of ten between which numbers are computed with. */
  private static final int LARGEST_MAGNITUDE = 250;

  /** Largest argument of an exponential or trigonometric function. */
  private static final double LARGEST_ARGUMENT = 500;

  static ComplexNumber of(BigDecimal re) {
    return new ComplexNumber(re, BigDecimal.ZERO);
  }

  private static ComplexNumber checked(BigDecimal re, BigDecimal im) {
    return new ComplexNumber(checked(re), checked(im));
  }

  private static BigDecimal checked(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int magnitude = value.precision() - value.scale();
    if (magnitude > LARGEST_MAGNITUDE) {
      throw new ArithmeticException("too large");
    }
    return magnitude < -LARGEST_MAGNITUDE ? BigDecimal.ZERO : value;
  }

  boolean isZero() {
    return re.signum() == 0 && im.signum() == 0;
  }

  /** The larger of the absolute parts. */
  BigDecimal size() {
    return re.abs().max(im.abs());
  }

  ComplexNumber plus(ComplexNumber other) {
    return checked(re.add(other.re, DIGITS), im.add(other.im, DIGITS));
  }

  ComplexNumber minus(ComplexNumber other) {
    return plus(other.negated());
  }

  ComplexNumber negated() {
    return new ComplexNumber(re.negate(), im.negate());
  }

  ComplexNumber times(ComplexNumber other) {
    return checked(
        re.multiply(other.re).subtract(im.multiply(other.im), DIGITS),
        re.multiply(other.im).add(im.multiply(other.re), DIGITS));
  }

  ComplexNumber times(BigDecimal factor) {
    return checked(re.multiply(factor, DIGITS), im.multiply(factor, DIGITS));
  }

  /** 1 divided by this. */
  ComplexNumber inverse() {
    BigDecimal square = re.multiply(re).add(im.multiply(im), DIGITS);
    return checked(re.divide(square, DIGITS), im.negate().divide(square, DIGITS));
  }

  ComplexNumber over(ComplexNumber other) {
    return times(other.inverse());
  }

  ComplexNumber half() {
    return times(new BigDecimal("0.5"));
  }

  ComplexNumber timesI() {
    return new ComplexNumber(im.negate(), re);
  }

  /** A whole power by repeated squaring. */
  ComplexNumber power(BigInteger exponent) {
    if (exponent.bitLength() > 20) {
      throw new ArithmeticException("too large");
    }
    ComplexNumber result = ONE;
    ComplexNumber square = this;
    for (int n = exponent.abs().intValue(); n > 0; n >>= 1) {
      result = (n & 1) == 1 ? result.times(square) : result;
      square = n > 1 ? square.times(square) : square;
    }
    return exponent.signum() < 0 ? result.inverse() : result;
  }

  /** The principal value of any power. */
  ComplexNumber power(ComplexNumber exponent) {
    return log().times(exponent).exp();
  }

  ComplexNumber squareRoot() {
    return isZero() ? this : log().half().exp();
  }

  ComplexNumber exp() {
    if (Math.abs(re.doubleValue()) > LARGEST_ARGUMENT
        || Math.abs(im.doubleValue()) > LARGEST_ARGUMENT) {
      throw new ArithmeticException("too large");
    }
    // Halved until small, summed, squared back.
    int halvings = 0;
    double size = Math.max(Math.abs(re.doubleValue()), Math.abs(im.doubleValue()));
    while (size > 0.01) {
      size /= 2;
      halvings++;
    }
    MathContext more = new MathContext(DIGITS.getPrecision() + 12);
    BigDecimal scale = new BigDecimal(BigInteger.ONE.shiftLeft(halvings));
    BigDecimal x = re.divide(scale, more);
    BigDecimal y = im.divide(scale, more);
    BigDecimal sumRe = BigDecimal.ONE;
    BigDecimal sumIm = BigDecimal.ZERO;
    BigDecimal termRe = BigDecimal.ONE;
    BigDecimal termIm = BigDecimal.ZERO;
    for (int n = 1; n < 40; n++) {
      BigDecimal nextRe = termRe.multiply(x).subtract(termIm.multiply(y));
      BigDecimal nextIm = termRe.multiply(y).add(termIm.multiply(x));
      BigDecimal count = BigDecimal.valueOf(n);
      termRe = nextRe.divide(count, more);
      termIm = nextIm.divide(count, more);
      sumRe = sumRe.add(termRe, more);
      sumIm = sumIm.add(termIm, more);
      if (termRe.abs().max(termIm.abs()).compareTo(BigDecimal.ONE.movePointLeft(64)) < 0) {
        break;
      }
    }
    for (int i = 0; i < halvings; i++) {
      BigDecimal squareRe = sumRe.multiply(sumRe).subtract(sumIm.multiply(sumIm));
      sumIm = sumRe.multiply(sumIm).multiply(BigDecimal.valueOf(2)).round(more);
      sumRe = squareRe.round(more);
    }
    return checked(sumRe.round(DIGITS), sumIm.round(DIGITS));
  }

  /** The principal logarithm: a first guess in doubles, then a series for what it misses. */
  ComplexNumber log() {
    if (isZero()) {
      throw new ArithmeticException("logarithm of zero");
    }
    double x = re.doubleValue();
    double y = im.doubleValue();
    double guess = Math.log(Math.hypot(x, y));
    double angle = Math.atan2(y, x);
    if (!Double.isFinite(guess)) {
      throw new ArithmeticException("out of range");
    }
    ComplexNumber first = new ComplexNumber(new BigDecimal(guess), new BigDecimal(angle));
    ComplexNumber error = times(first.negated().exp()).minus(ONE);
    ComplexNumber power = error;
    ComplexNumber correction = ZERO;
    for (int n = 1; n <= 4; n++) {
      BigDecimal factor = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
      correction = correction.plus(power.times(n % 2 == 0 ? factor.negate() : factor));
      power = power.times(error);
    }
    return first.plus(correction);
  }

  ComplexNumber sin() {
    ComplexNumber turn = timesI().exp();
    return turn.minus(turn.inverse()).half().timesI().negated();
  }

  ComplexNumber cos() {
    ComplexNumber turn = timesI().exp();
    return turn.plus(turn.inverse()).half();
  }

  ComplexNumber sinh() {
    ComplexNumber power = exp();
    return power.minus(power.inverse()).half();
  }

  ComplexNumber cosh() {
    ComplexNumber power = exp();
    return power.plus(power.inverse()).half();
  }

  ComplexNumber asin() {
    ComplexNumber root = ONE.minus(times(this)).squareRoot();
    return timesI().plus(root).log().timesI().negated();
  }

  ComplexNumber acos() {
    return of(PI).half().minus(asin());
  }

  ComplexNumber atan() {
    return ONE.minus(timesI()).log().minus(ONE.plus(timesI()).log()).half().timesI();
  }

  ComplexNumber asinh() {
    return plus(times(this).plus(ONE).squareRoot()).log();
  }

  ComplexNumber acosh() {
    return plus(plus(ONE).squareRoot().times(minus(ONE).squareRoot())).log();
  }

  ComplexNumber atanh() {
    return plus(ONE).log().minus(ONE.minus(this).log()).half();
  }
}
