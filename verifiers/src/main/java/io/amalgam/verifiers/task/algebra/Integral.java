package io.amalgam.verifiers.task.algebra;

import io.amalgam.verifiers.algebra.LaurentPolynomial;
import java.math.BigInteger;

/**
 * A function and an antiderivative of it, as texts.
 *
 * @param integrand written as SymPy writes it
 * @param antiderivative without the constant
 */
record Integral(String integrand, String antiderivative) {
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  /** {@code slope * variable + constant}. */
  static LaurentPolynomial linear(BigInteger slope, BigInteger constant) {
    return LaurentPolynomial.ZERO.plus(slope, BigInteger.ONE, 1).plus(constant, BigInteger.ONE, 0);
  }

  private static String power(String base, int exponent) {
    return exponent == 1 ? base : base + "**" + exponent;
  }

  private static Integral of(BigInteger factor, String integrand, TermList antiderivative) {
    return new Integral(
        new TermList().plus(factor, integrand).toString(), antiderivative.toString());
  }

  /** A power of a linear function, integrated term by term. */
  static Integral ofPower(
      BigInteger factor, BigInteger slope, BigInteger constant, int degree, String x) {
    LaurentPolynomial integral = LaurentPolynomial.ZERO;
    LaurentPolynomial expanded = LaurentPolynomial.ZERO;
    BigInteger binomial = BigInteger.ONE;
    for (int i = degree; i >= 0; i--) {
      BigInteger coefficient =
          factor.multiply(binomial).multiply(slope.pow(i)).multiply(constant.pow(degree - i));
      expanded = expanded.plus(coefficient, BigInteger.ONE, i);
      integral = integral.plus(coefficient, BigInteger.valueOf(i + 1L), i + 1);
      binomial =
          binomial.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(degree - i + 1L));
    }
    String text =
        degree == 1
            ? expanded.toText(x)
            : new TermList()
                .plus(factor, "(" + linear(slope, constant).toText(x) + ")**" + degree)
                .toString();
    return new Integral(text, integral.toText(x));
  }

  /** The derivative of a multiple of exp(u). */
  static Integral ofExponential(BigInteger factor, LaurentPolynomial exponent, String x) {
    String power = "exp(" + exponent.toText(x) + ")";
    LaurentPolynomial inner = LaurentPolynomial.ZERO;
    for (var term : exponent.derivative().coefficients().entrySet()) {
      BigInteger coefficient = term.getValue().numerator().multiply(factor);
      inner = inner.plus(coefficient, BigInteger.ONE, term.getKey());
    }
    TermList integral = new TermList().plus(factor, power);
    if (inner.coefficients().size() > 1) {
      return new Integral("(" + inner.toText(x) + ")*" + power, integral.toString());
    }
    return of(inner.coefficients().values().iterator().next().numerator(), power, integral);
  }

  /** The root of a linear function times its slope. */
  static Integral ofRoot(BigInteger factor, BigInteger slope, BigInteger constant, String x) {
    String u = linear(slope, constant).toText(x);
    TermList integral = new TermList().plus(factor.multiply(TWO), THREE, "(" + u + ")**(3/2)");
    return of(factor.multiply(slope), "sqrt(" + u + ")", integral);
  }

  /** The derivative of a power of sine or cosine, with exponent + 1 divided out. */
  static Integral ofTrigonometricPower(
      BigInteger factor,
      boolean sine,
      BigInteger slope,
      BigInteger constant,
      int exponent,
      String x) {
    // An argument with a negative slope is turned round: cosine is even, sine odd.
    boolean turned = slope.signum() < 0;
    String u =
        turned
            ? linear(slope.negate(), constant.negate()).toText(x)
            : linear(slope, constant).toText(x);
    String sin = "sin(" + u + ")";
    String cos = "cos(" + u + ")";
    int sines = sine ? exponent : 1;
    BigInteger outer = sine ? factor.multiply(slope) : factor.multiply(slope).negate();
    outer = turned && sines % 2 == 1 ? outer.negate() : outer;
    String text = power(sin, sines) + "*" + power(cos, sine ? 1 : exponent);
    BigInteger top = turned && sine && exponent % 2 == 0 ? factor.negate() : factor;
    TermList integral =
        new TermList()
            .plus(top, BigInteger.valueOf(exponent + 1L), power(sine ? sin : cos, exponent + 1));
    return of(outer, text, integral);
  }

  /** A power of the variable times exp, by parts. */
  static Integral ofPowerTimesExponential(BigInteger factor, int degree, String x) {
    LaurentPolynomial polynomial = LaurentPolynomial.ZERO;
    BigInteger coefficient = factor;
    for (int i = degree; i >= 0; i--) {
      polynomial = polynomial.plus(coefficient, BigInteger.ONE, i);
      coefficient = coefficient.multiply(BigInteger.valueOf(-i));
    }
    String exp = "exp(" + x + ")";
    return new Integral(
        new TermList().plus(factor, power(x, degree) + "*" + exp).toString(),
        "(" + polynomial.toText(x) + ")*" + exp);
  }

  /** A power of the variable times the sine or cosine of a multiple of it, by parts. */
  static Integral ofPowerTimesTrigonometric(
      BigInteger factor, int degree, boolean sine, int frequency, String x) {
    String argument = "(" + (frequency == 1 ? x : frequency + "*" + x) + ")";
    String text = power(x, degree) + "*" + (sine ? "sin" : "cos") + argument;
    TermList integral = new TermList();
    BigInteger over = factor;
    BigInteger under = BigInteger.valueOf(frequency);
    boolean now = sine;
    for (int i = degree; i >= 0; i--) {
      // The integral of sine is minus cosine, that of cosine is sine.
      over = now ? over.negate() : over;
      String outer = i == 0 ? "" : power(x, i) + "*";
      integral.plus(over, under, outer + (now ? "cos" : "sin") + argument);
      over = over.multiply(BigInteger.valueOf(-i));
      under = under.multiply(BigInteger.valueOf(frequency));
      now = !now;
    }
    return of(factor, text, integral);
  }

  /** The logarithm of a power of the variable. */
  static Integral ofLogarithm(BigInteger factor, int exponent, String x) {
    String log = "log(" + power(x, exponent) + ")";
    TermList integral =
        new TermList()
            .plus(factor, x + "*" + log)
            .plus(factor.multiply(BigInteger.valueOf(-exponent)), x);
    return of(factor, log, integral);
  }

  /** The inverse sine of a multiple of the variable. */
  static Integral ofArcSine(BigInteger factor, int multiple, String x) {
    String asin = "asin(" + (multiple == 1 ? x : multiple + "*" + x) + ")";
    String square = (multiple == 1 ? "" : multiple * multiple + "*") + x + "**2";
    TermList integral =
        new TermList()
            .plus(factor, x + "*" + asin)
            .plus(factor, BigInteger.valueOf(multiple), "sqrt(1 - " + square + ")");
    return of(factor, asin, integral);
  }

  /** The inverse tangent of a multiple of the variable. */
  static Integral ofArcTangent(BigInteger factor, int multiple, String x) {
    String atan = "atan(" + (multiple == 1 ? x : multiple + "*" + x) + ")";
    String square = (multiple == 1 ? "" : multiple * multiple + "*") + x + "**2";
    TermList integral =
        new TermList()
            .plus(factor, x + "*" + atan)
            .plus(factor.negate(), BigInteger.valueOf(2L * multiple), "log(" + square + " + 1)");
    return of(factor, atan, integral);
  }

  /** exp times sine or cosine. */
  static Integral ofExponentialTimesTrigonometric(BigInteger factor, boolean sine, String x) {
    String exp = "exp(" + x + ")";
    String sin = exp + "*sin(" + x + ")";
    String cos = exp + "*cos(" + x + ")";
    TermList integral =
        new TermList().plus(factor, TWO, sin).plus(sine ? factor.negate() : factor, TWO, cos);
    return of(factor, sine ? sin : cos, integral);
  }

  /** Sine times cosine. */
  static Integral ofSineTimesCosine(BigInteger factor, String x) {
    String sin = "sin(" + x + ")";
    return of(factor, sin + "*cos(" + x + ")", new TermList().plus(factor, TWO, sin + "**2"));
  }
}
