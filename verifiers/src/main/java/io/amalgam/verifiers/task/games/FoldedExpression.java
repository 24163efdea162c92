package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression that takes in one number after the other from the left, with divisions only where
 * they are exact.
 *
 * @param text the expression in the order of terms and factors in which SymPy prints it
 * @param value its value
 */
record FoldedExpression(String text, BigInteger value) {

  /**
   * Draws an operator per further number. A drawn division takes the first exact divisor among the
   * remaining numbers in drawn order and puts it in place of its number; if there is none, it
   * becomes a subtraction.
   *
   * @param numbers the operands, changed in place by divisions
   */
  static FoldedExpression draw(
      PythonRandom random, List<BigInteger> numbers, List<String> operators) {
    OperandSum sum = OperandSum.first();
    BigInteger value = numbers.get(0);
    for (int i = 1; i < numbers.size(); i++) {
      String operator = random.choice(operators);
      if (operator.equals("/")) {
        operator = placeDivisor(random, numbers, i, value) ? "/" : "-";
      }
      BigInteger number = numbers.get(i);
      switch (operator) {
        case "+" -> {
          value = value.add(number);
          sum = sum.plus(i, false);
        }
        case "-" -> {
          value = value.subtract(number);
          sum = sum.plus(i, true);
        }
        case "*" -> {
          value = value.multiply(number);
          sum = sum.times(i, 1);
        }
        default -> {
          value = value.divide(number);
          sum = sum.times(i, -1);
        }
      }
    }
    return new FoldedExpression(sum.print(numbers), value);
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
