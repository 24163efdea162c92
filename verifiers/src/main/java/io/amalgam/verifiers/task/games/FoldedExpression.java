package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression that takes in one number after the other from the left, with divisions only where
 * they are exact.
 *
 * @param text the expression with the parentheses it needs
 * @param value its value
 */
record FoldedExpression(String text, BigInteger value) {

  /** What binds the last operation of a text. */
  private enum Binding {
    NUMBER,
    PRODUCT,
    SUM
  }

  /**
   * Draws an operator per further number. A drawn division takes the first exact divisor among the
   * remaining numbers in drawn order and puts it in place of its number; if there is none, it
   * becomes a subtraction.
   *
   * @param numbers the operands, changed in place by divisions
   */
  static FoldedExpression draw(
      PythonRandom random, List<BigInteger> numbers, List<String> operators) {
    StringBuilder text = new StringBuilder(numbers.get(0).toString());
    BigInteger value = numbers.get(0);
    Binding binding = Binding.NUMBER;
    for (int i = 1; i < numbers.size(); i++) {
      String operator = random.choice(operators);
      if (operator.equals("/")) {
        operator = placeDivisor(random, numbers, i, value) ? "/" : "-";
      }
      BigInteger number = numbers.get(i);
      value =
          switch (operator) {
            case "+" -> value.add(number);
            case "-" -> value.subtract(number);
            case "*" -> value.multiply(number);
            default -> value.divide(number);
          };
      if (operator.equals("+") || operator.equals("-")) {
        text.append(' ').append(operator).append(' ').append(number);
        binding = Binding.SUM;
      } else {
        if (binding == Binding.SUM) {
          text.insert(0, '(').append(')');
        }
        text.append(operator).append(number);
        binding = Binding.PRODUCT;
      }
    }
    return new FoldedExpression(text.toString(), value);
  }

  private static boolean placeDivisor(
      PythonRandom random, List<BigInteger> numbers, int place, BigInteger value) {
    List<BigInteger> remaining = new ArrayList<>(numbers.subList(place, numbers.size()));
    random.shuffle(remaining);
    for (BigInteger divisor : remaining) {
      if (value.mod(divisor).signum() == 0) {
        numbers.set(place, divisor);
        return true;
      }
    }
    return false;
  }
}
