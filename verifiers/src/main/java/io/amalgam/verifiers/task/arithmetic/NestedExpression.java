package io.amalgam.verifiers.task.arithmetic;

import io.amalgam.verifiers.python.PythonRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws an expression with parentheses in which every division is exact, as a list of its parts.
 */
final class NestedExpression {
  private static final BigInteger ZERO = BigInteger.ZERO;

  /** Divisors are listed by trial up to the root; this keeps the list under a second. */
  private static final int MAX_DIVIDEND_BITS = 54;

  private final PythonRandom random;
  private final BigInteger largest;
  private final List<String> operators;
  private final List<String> operatorsWithoutDivision;
  private final boolean allowNegation;

  NestedExpression(PythonRandom random, int digits, List<String> operators, boolean allowNegation) {
    this.random = random;
    this.largest = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    this.operators = operators;
    this.operatorsWithoutDivision =
        operators.stream().filter(operator -> !operator.equals("/")).toList();
    this.allowNegation = allowNegation;
  }

  List<String> draw(int terms) {
    int left = random.randint(1, terms);
    int right = terms - left;
    List<String> parts = drawLeft(left);
    if (right == 0) {
      return parts;
    }
    String operator = random.choice(operators);
    if (operator.equals("/")) {
      divide(parts, right);
    } else {
      parts.add(operator);
      parts.addAll(draw(right));
    }
    return parts;
  }

  private List<String> drawLeft(int terms) {
    List<String> parts = new ArrayList<>();
    if (terms > 1 && random.random() > 0.5) {
      parts.add(random.random() > 0.5 && allowNegation ? "-(" : "(");
      parts.addAll(draw(terms));
      parts.add(")");
      return parts;
    }
    for (int i = 0; i < terms; i++) {
      parts.add(random.randint(largest.negate(), largest).toString());
      if (i + 1 < terms) {
        parts.add(random.choice(operatorsWithoutDivision));
      }
    }
    return parts;
  }

  /**
   * Appends a division by {@code terms} further terms to parts, made exact by a drawn divisor of
   * what stands before it.
   */
  private void divide(List<String> parts, int terms) {
    BigInteger dividend =
        FloorArithmetic.evaluate(closed(parts) ? String.join("", parts) : last(parts));
    parts.add("/");
    if (terms == 1) {
      parts.add(drawDivisor(dividend).toString());
      return;
    }
    List<String> right = draw(terms - 1);
    if (!closed(right)) {
      parts.add(drawDivisor(dividend).toString());
      parts.add("+");
      parts.addAll(right);
      return;
    }
    BigInteger value = FloorArithmetic.evaluate(String.join("", right));
    BigInteger correction =
        value.signum() == 0
            ? BigInteger.ONE
            : random.choice(commonDivisors(dividend, value)).subtract(value);
    right.remove(right.size() - 1);
    right.addAll(List.of("+", correction.toString(), ")"));
    parts.addAll(right);
  }

  private BigInteger drawDivisor(BigInteger dividend) {
    return dividend.signum() == 0
        ? random.randint(BigInteger.ONE, largest)
        : random.choice(commonDivisors(dividend, ZERO));
  }

  private static boolean closed(List<String> parts) {
    return last(parts).equals(")");
  }

  private static String last(List<String> parts) {
    return parts.get(parts.size() - 1);
  }

  /** The positive common divisors in the order 1, n, 2, n/2, …. */
  private static List<BigInteger> commonDivisors(BigInteger a, BigInteger b) {
    BigInteger common = a.gcd(b);
    if (common.bitLength() > MAX_DIVIDEND_BITS) {
      throw new ArithmeticException(
          "the divisors of " + common + " take too long to list; use fewer terms or digits");
    }
    long n = common.longValueExact();
    List<BigInteger> divisors = new ArrayList<>();
    for (long d = 1; d * d <= n; d++) {
      if (n % d == 0) {
        divisors.add(BigInteger.valueOf(d));
        if (d * d != n) {
          divisors.add(BigInteger.valueOf(n / d));
        }
      }
    }
    return divisors;
  }
}
