package io.amalgam.verifiers.task.arithmetic;

import io.amalgam.verifiers.python.PythonDecimalContext;
import io.amalgam.verifiers.python.PythonDecimalNumber;
import io.amalgam.verifiers.python.PythonFloat;
import java.math.BigDecimal;

/**
 * Evaluates a formula of unsigned numbers, four operators and brackets in decimal arithmetic with
 * the usual precedence.
 *
 * <p>A number with a point passes through a double, as in the original, and loses its trailing
 * zeros there.
 */
final class DecimalFormula {
  private final String text;
  private final PythonDecimalContext arithmetic;
  private int position;

  private DecimalFormula(String text, PythonDecimalContext arithmetic) {
    this.text = text;
    this.arithmetic = arithmetic;
  }

  /**
   * The value of a formula.
   *
   * @throws ArithmeticException for a division by zero
   */
  static PythonDecimalNumber evaluate(String text, PythonDecimalContext arithmetic) {
    return new DecimalFormula(text, arithmetic).sum();
  }

  private PythonDecimalNumber sum() {
    PythonDecimalNumber value = product();
    while (at('+') || at('-')) {
      char operator = text.charAt(position++);
      PythonDecimalNumber next = product();
      value = operator == '+' ? arithmetic.add(value, next) : arithmetic.subtract(value, next);
    }
    return value;
  }

  private PythonDecimalNumber product() {
    PythonDecimalNumber value = operand();
    while (at('*') || at('/')) {
      char operator = text.charAt(position++);
      PythonDecimalNumber next = operand();
      value = operator == '*' ? arithmetic.multiply(value, next) : arithmetic.divide(value, next);
    }
    return value;
  }

  private PythonDecimalNumber operand() {
    if (at('(')) {
      position++;
      PythonDecimalNumber value = sum();
      position++;
      return value;
    }
    int start = position;
    while (position < text.length()
        && (at('.') || Character.digit(text.charAt(position), 10) >= 0)) {
      position++;
    }
    String number = text.substring(start, position);
    String read = number.indexOf('.') < 0 ? number : PythonFloat.repr(Double.parseDouble(number));
    return PythonDecimalNumber.of(new BigDecimal(read));
  }

  private boolean at(char expected) {
    return position < text.length() && text.charAt(position) == expected;
  }
}
