package io.amalgam.verifiers.task.arithmetic;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.arithmetic.BasicArithmetic.Expression;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Draws an expression without parentheses whose value is folded from left to right. */
final class FlatExpression {
  private FlatExpression() {}

  static Expression draw(PythonRandom random, int terms, int digits, List<String> operators) {
    BigInteger limit = BigInteger.TEN.pow(digits);
    List<BigInteger> constants = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      constants.add(random.randint(BigInteger.ZERO, limit));
    }
    List<String> drawn = new ArrayList<>();
    for (int i = 1; i < terms; i++) {
      drawn.add(random.choice(operators));
    }
    StringBuilder text = new StringBuilder(constants.get(0).toString());
    BigInteger value = constants.get(0);
    for (int i = 1; i < terms; i++) {
      String operator = drawn.get(i - 1);
      BigInteger constant = constants.get(i);
      text.append(' ').append(operator).append(' ').append(constant);
      switch (operator) {
        case "+" -> value = value.add(constant);
        case "-" -> value = value.subtract(constant);
        case "*" -> value = value.multiply(constant);
        default -> value = divided(random, value, limit);
      }
    }
    return new Expression(text.toString(), value);
  }

  /**
   * Divides by a drawn proper divisor, or multiplies by a drawn number if there is none; neither is
   * shown.
   */
  private static BigInteger divided(PythonRandom random, BigInteger value, BigInteger limit) {
    BigInteger end = value.abs().min(limit);
    if (end.bitLength() > 30) {
      throw new ArithmeticException(
          "too many possible divisors of a number above 10^9; use fewer digits");
    }
    List<BigInteger> divisors = new ArrayList<>();
    for (int d = 2; d < end.intValueExact(); d++) {
      BigInteger divisor = BigInteger.valueOf(d);
      if (isDivisible(value, d)) {
        divisors.add(divisor);
      }
    }
    return divisors.isEmpty()
        ? value.multiply(random.randint(BigInteger.ONE, limit.subtract(BigInteger.ONE)))
        : value.divide(random.choice(divisors));
  }

  private static boolean isDivisible(BigInteger value, int divisor) {
    return value.bitLength() < Long.SIZE
        ? value.longValueExact() % divisor == 0
        : value.mod(BigInteger.valueOf(divisor)).signum() == 0;
  }
}
