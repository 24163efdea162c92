package io.amalgam.verifiers.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The different real roots of a polynomial with whole coefficients, isolated exactly by Sturm's
 * theorem and bisected.
 */
public final class RealRoots {
  /** Bits after the binary point of an irrational root, beyond those of the leading coefficient. */
  private static final int BITS = 160;

  private static final MathContext DIGITS = new MathContext(60);

  private final BigInteger[] polynomial;
  private final List<BigInteger[]> chain;
  private final int precision;

  private RealRoots(BigInteger[] squareFree) {
    polynomial = squareFree;
    chain = sturmChain(squareFree);
    precision = BITS + 2 * squareFree[squareFree.length - 1].bitLength();
  }

  /**
   * A root.
   *
   * @param value the root itself if rational, else close to it
   * @param rational numerator and denominator of a rational root
   */
  public record Root(BigDecimal value, Optional<Scalar.Exact> rational) {}

  /**
   * The roots in ascending order.
   *
   * @param coefficients from the constant upwards; the last is not 0
   */
  public static List<Root> of(List<BigInteger> coefficients) {
    BigInteger[] polynomial = coefficients.toArray(BigInteger[]::new);
    if (polynomial.length < 2) {
      return List.of();
    }
    BigInteger[] common = gcd(polynomial, derivative(polynomial));
    BigInteger[] squareFree = common.length == 1 ? primitive(polynomial) : over(polynomial, common);
    return new RealRoots(squareFree).roots();
  }

  private List<Root> roots() {
    BigInteger bound = BigInteger.ONE;
    for (BigInteger coefficient : polynomial) {
      bound = bound.max(coefficient.abs());
    }
    // Cauchy's bound is below 1 + max / |leading|.
    BigInteger limit = bound.add(BigInteger.ONE).shiftLeft(precision);
    List<Root> roots = new ArrayList<>();
    isolate(limit.negate(), limit, roots);
    return roots;
  }

  /** Finds the roots in (low, high], given in units of the last bit. */
  private void isolate(BigInteger low, BigInteger high, List<Root> roots) {
    int count = changes(low) - changes(high);
    if (count == 0) {
      return;
    }
    if (count == 1) {
      roots.add(refined(low, high));
      return;
    }
    BigInteger middle = low.add(high).shiftRight(1);
    if (middle.equals(low)) {
      throw new ArithmeticException("roots too close");
    }
    isolate(low, middle, roots);
    isolate(middle, high, roots);
  }

  private Root refined(BigInteger low, BigInteger high) {
    BigInteger from = low;
    BigInteger to = high;
    int signAtEnd = signAt(to);
    while (signAtEnd != 0 && to.subtract(from).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = from.add(to).shiftRight(1);
      int sign = signAt(middle);
      if (sign == 0 || sign == signAtEnd) {
        to = middle;
        signAtEnd = sign;
      } else {
        from = middle;
      }
    }
    BigInteger leading = polynomial[polynomial.length - 1].abs();
    BigInteger half = BigInteger.ONE.shiftLeft(precision - 1);
    BigInteger numerator = to.multiply(leading).add(half).shiftRight(precision);
    Scalar.Exact candidate = (Scalar.Exact) Scalar.ratio(numerator, leading);
    if (isRoot(candidate)) {
      BigDecimal value =
          new BigDecimal(candidate.numerator())
              .divide(new BigDecimal(candidate.denominator()), DIGITS);
      return new Root(value, Optional.of(candidate));
    }
    BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(precision));
    return new Root(new BigDecimal(to).divide(unit, DIGITS), Optional.empty());
  }

  private boolean isRoot(Scalar.Exact candidate) {
    BigInteger value = BigInteger.ZERO;
    BigInteger power = BigInteger.ONE;
    for (int i = polynomial.length - 1; i >= 0; i--) {
      value = value.multiply(candidate.numerator()).add(polynomial[i].multiply(power));
      power = power.multiply(candidate.denominator());
    }
    return value.signum() == 0;
  }

  private int signAt(BigInteger scaled) {
    return valueAt(polynomial, scaled).signum();
  }

  /** The value at scaled / 2^precision, times a power of two. */
  private BigInteger valueAt(BigInteger[] of, BigInteger scaled) {
    BigInteger value = BigInteger.ZERO;
    for (int i = of.length - 1; i >= 0; i--) {
      int shift = precision * (of.length - 1 - i);
      value = value.multiply(scaled).add(of[i].shiftLeft(shift));
    }
    return value;
  }

  private int changes(BigInteger scaled) {
    int changes = 0;
    int last = 0;
    for (BigInteger[] member : chain) {
      int sign = valueAt(member, scaled).signum();
      if (sign != 0) {
        changes += last != 0 && sign != last ? 1 : 0;
        last = sign;
      }
    }
    return changes;
  }

  private static List<BigInteger[]> sturmChain(BigInteger[] polynomial) {
    List<BigInteger[]> chain = new ArrayList<>();
    chain.add(polynomial);
    BigInteger[] next = derivative(polynomial);
    while (next.length > 1 || next[0].signum() != 0) {
      chain.add(primitive(next));
      if (next.length == 1) {
        break;
      }
      BigInteger[] rest = remainder(chain.get(chain.size() - 2), next);
      for (int i = 0; i < rest.length; i++) {
        rest[i] = rest[i].negate();
      }
      next = rest;
    }
    return chain;
  }

  private static BigInteger[] derivative(BigInteger[] polynomial) {
    BigInteger[] derivative = new BigInteger[polynomial.length - 1];
    for (int i = 1; i < polynomial.length; i++) {
      derivative[i - 1] = polynomial[i].multiply(BigInteger.valueOf(i));
    }
    return derivative;
  }

  /** A positive multiple of the remainder, without common factor. */
  private static BigInteger[] remainder(BigInteger[] dividend, BigInteger[] divisor) {
    BigInteger[] rest = dividend.clone();
    BigInteger leading = divisor[divisor.length - 1];
    for (int top = rest.length - 1; top >= divisor.length - 1; top--) {
      BigInteger factor = rest[top];
      if (factor.signum() == 0) {
        continue;
      }
      factor = leading.signum() < 0 ? factor.negate() : factor;
      for (int i = 0; i < top; i++) {
        rest[i] = rest[i].multiply(leading.abs());
      }
      for (int i = 0; i < divisor.length - 1; i++) {
        int place = top - divisor.length + 1 + i;
        rest[place] = rest[place].subtract(factor.multiply(divisor[i]));
      }
      rest[top] = BigInteger.ZERO;
    }
    return primitive(rest);
  }

  private static BigInteger[] gcd(BigInteger[] a, BigInteger[] b) {
    BigInteger[] larger = a;
    BigInteger[] smaller = b;
    while (smaller.length > 1) {
      BigInteger[] rest = remainder(larger, smaller);
      larger = smaller;
      smaller = rest;
    }
    return smaller[0].signum() == 0 ? primitive(larger) : smaller;
  }

  /** The quotient of a division without remainder, without common factor. */
  private static BigInteger[] over(BigInteger[] dividend, BigInteger[] divisor) {
    BigInteger[] rest = dividend.clone();
    BigInteger[] quotient = new BigInteger[rest.length - divisor.length + 1];
    BigInteger leading = divisor[divisor.length - 1];
    for (int i = quotient.length - 1; i >= 0; i--) {
      // Multiplied by the leading coefficient once per step, so that all stays whole.
      for (int j = 0; j < rest.length; j++) {
        rest[j] = rest[j].multiply(leading);
      }
      for (int j = i + 1; j < quotient.length; j++) {
        quotient[j] = quotient[j].multiply(leading);
      }
      quotient[i] = rest[i + divisor.length - 1].divide(leading);
      for (int j = 0; j < divisor.length; j++) {
        rest[i + j] = rest[i + j].subtract(quotient[i].multiply(divisor[j]));
      }
    }
    return primitive(quotient);
  }

  /** Without zeros at the top and common factor; the sign stays. */
  private static BigInteger[] primitive(BigInteger[] polynomial) {
    int length = polynomial.length;
    while (length > 1 && polynomial[length - 1].signum() == 0) {
      length--;
    }
    BigInteger common = BigInteger.ZERO;
    for (int i = 0; i < length; i++) {
      common = common.gcd(polynomial[i]);
    }
    BigInteger[] result = new BigInteger[length];
    for (int i = 0; i < length; i++) {
      result[i] = common.signum() == 0 ? polynomial[i] : polynomial[i].divide(common);
    }
    return result;
  }
}
