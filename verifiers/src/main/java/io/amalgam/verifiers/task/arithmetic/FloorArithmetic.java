package io.amalgam.verifiers.task.arithmetic;

import java.math.BigInteger;

/**
 * Evaluates expressions of whole numbers, {@code + - * /}, signs and parentheses as Python does
 * when {@code /} is floor division.
 */
final class FloorArithmetic {
  private final String text;
  private int position;

  private FloorArithmetic(String text) {
    this.text = text;
  }

  /**
   * The value of an expression.
   *
   * @throws ArithmeticException on division by zero
   * @throws IllegalArgumentException if the text is no expression
   */
  static BigInteger evaluate(String expression) {
    FloorArithmetic parser = new FloorArithmetic(expression.replace(" ", ""));
    BigInteger value = parser.sum();
    if (parser.position != parser.text.length()) {
      throw new IllegalArgumentException("not an expression: " + expression);
    }
    return value;
  }

  private BigInteger sum() {
    BigInteger value = product();
    while (true) {
      if (take('+')) {
        value = value.add(product());
      } else if (take('-')) {
        value = value.subtract(product());
      } else {
        return value;
      }
    }
  }

  private BigInteger product() {
    BigInteger value = signed();
    while (true) {
      if (take('*')) {
        value = value.multiply(signed());
      } else if (take('/')) {
        value = floorDivide(value, signed());
      } else {
        return value;
      }
    }
  }

  private BigInteger signed() {
    if (take('-')) {
      return signed().negate();
    }
    if (take('+')) {
      return signed();
    }
    if (take('(')) {
      BigInteger value = sum();
      if (!take(')')) {
        throw new IllegalArgumentException("missing ) in " + text);
      }
      return value;
    }
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    return new BigInteger(text.substring(start, position));
  }

  private boolean take(char symbol) {
    boolean here = position < text.length() && text.charAt(position) == symbol;
    position += here ? 1 : 0;
    return here;
  }

  static BigInteger floorDivide(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    boolean roundedUp = parts[1].signum() != 0 && parts[1].signum() != divisor.signum();
    return roundedUp ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }
}
