package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.amalgam.verifiers.python.PythonFloat;
import java.util.function.Function;

/**
 * A value that follows from other values by name, as it is written in a story: {@code total //
 * rate}.
 *
 * <p>Whole numbers and floats keep their kind as in Python: {@code /} makes a float, {@code //} of
 * whole numbers a whole number.
 */
@FunctionalInterface
interface Formula {
  /**
   * The value.
   *
   * @param values the known values; fails for unknown names
   */
  JsonNode value(Function<String, JsonNode> values);

  /** A whole number. */
  static JsonNode whole(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /** A float cut off at its decimal point. */
  static JsonNode truncated(JsonNode value) {
    return whole(value.longValue());
  }

  /** The nearest whole number; halves go to the even one. */
  static JsonNode rounded(JsonNode value) {
    return whole((long) Math.rint(value.doubleValue()));
  }

  /** A float with so many decimals. */
  static JsonNode rounded(JsonNode value, int decimals) {
    return DoubleNode.valueOf(rounded(value.doubleValue(), decimals));
  }

  /** The float nearest to the decimal that a float rounds to. */
  static double rounded(double value, int decimals) {
    return Double.parseDouble(PythonFloat.fixed(value, decimals));
  }

  /** The value of two operands joined by {@code + - * / //}. */
  static JsonNode joined(String operator, JsonNode left, JsonNode right) {
    if (left.isIntegralNumber() && right.isIntegralNumber() && !operator.equals("/")) {
      long a = left.longValue();
      long b = right.longValue();
      return switch (operator) {
        case "+" -> whole(a + b);
        case "-" -> whole(a - b);
        case "*" -> whole(a * b);
        default -> whole(Math.floorDiv(a, b));
      };
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    return DoubleNode.valueOf(
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          default -> Math.floor(a / b);
        });
  }
}
