package io.amalgam.verifiers.algebra;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A polynomial in one variable with fractions as coefficients; exponents may be negative.
 * Immutable.
 */
public final class LaurentPolynomial {
  /** Nothing. */
  public static final LaurentPolynomial ZERO = new LaurentPolynomial(new TreeMap<>());

  private final SortedMap<Integer, Scalar.Exact> coefficients;

  private LaurentPolynomial(Map<Integer, Scalar.Exact> coefficients) {
    SortedMap<Integer, Scalar.Exact> descending = new TreeMap<>(Comparator.reverseOrder());
    descending.putAll(coefficients);
    this.coefficients = Collections.unmodifiableSortedMap(descending);
  }

  /** This with one more term. */
  public LaurentPolynomial plus(BigInteger numerator, BigInteger denominator, int exponent) {
    Map<Integer, Scalar.Exact> sum = new TreeMap<>(coefficients);
    Scalar.Exact before = sum.getOrDefault(exponent, (Scalar.Exact) Scalar.ZERO);
    Scalar.Exact after = (Scalar.Exact) before.plus(Scalar.ratio(numerator, denominator));
    if (after.isZero()) {
      sum.remove(exponent);
    } else {
      sum.put(exponent, after);
    }
    return new LaurentPolynomial(sum);
  }

  /** The derivative. */
  public LaurentPolynomial derivative() {
    Map<Integer, Scalar.Exact> derivative = new TreeMap<>();
    coefficients.forEach(
        (exponent, coefficient) -> {
          if (exponent != 0) {
            Scalar factor = coefficient.times(Scalar.of(exponent));
            derivative.put(exponent - 1, (Scalar.Exact) factor);
          }
        });
    return new LaurentPolynomial(derivative);
  }

  /** The coefficients by exponent, highest first; none is 0. */
  public SortedMap<Integer, Scalar.Exact> coefficients() {
    return coefficients;
  }

  /**
   * The text as SymPy writes it: powers fall, {@code 3*x**2/5} and {@code 3/(5*x**2)}, but {@code
   * x**(-2)}; only a positive number beside one negative term comes first.
   */
  public String toText(String variable) {
    if (coefficients.isEmpty()) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    Scalar.Exact number = coefficients.get(0);
    if (coefficients.size() == 2 && number != null && number.signum() > 0) {
      int other = coefficients.firstKey() == 0 ? coefficients.lastKey() : coefficients.firstKey();
      Scalar.Exact coefficient = coefficients.getOrDefault(other, number);
      if (coefficient.signum() < 0) {
        append(text, number, 0, variable);
        append(text, coefficient, other, variable);
        return text.toString();
      }
    }
    coefficients.forEach((exponent, coefficient) -> append(text, coefficient, exponent, variable));
    return text.toString();
  }

  private static void append(
      StringBuilder text, Scalar.Exact coefficient, int exponent, String variable) {
    boolean negative = coefficient.signum() < 0;
    if (text.length() == 0) {
      text.append(negative ? "-" : "");
    } else {
      text.append(negative ? " - " : " + ");
    }
    if (exponent < -1 && coefficient.equals(Scalar.ONE)) {
      text.append(variable).append("**(").append(exponent).append(')');
      return;
    }
    BigInteger over = coefficient.numerator().abs();
    BigInteger under = coefficient.denominator();
    String power = exponent == 0 ? "" : variable;
    power += Math.abs(exponent) > 1 ? "**" + Math.abs(exponent) : "";
    text.append(joined(over, exponent > 0 ? power : ""));
    String below = joined(under, exponent < 0 ? power : "");
    if (!below.equals("1")) {
      text.append('/').append(below.contains("*" + variable) ? "(" + below + ")" : below);
    }
  }

  private static String joined(BigInteger number, String power) {
    if (power.isEmpty()) {
      return number.toString();
    }
    return number.equals(BigInteger.ONE) ? power : number + "*" + power;
  }
}
