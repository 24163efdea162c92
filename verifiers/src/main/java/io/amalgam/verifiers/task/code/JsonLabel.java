package io.amalgam.verifiers.task.code;

import io.amalgam.verifiers.python.PythonFloat;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A node's label in the tree of a JSON value: {@code key} or {@code key:value}, and what it costs
 * to change one into another.
 */
final class JsonLabel {
  /** The least number that a difference is compared with. */
  private static final double LEAST_DIVISOR = 10e-5;

  private final int[] text;
  private final int colon;
  private final int[] key;
  private final int[] value;
  private final boolean digitsOnly;
  private final boolean digitsAndPoints;
  private final OptionalDouble number;

  private JsonLabel(String label) {
    text = label.codePoints().toArray();
    int split = 0;
    while (split < text.length && text[split] != ':') {
      split++;
    }
    colon = split;
    boolean leaf = split < text.length;
    key = leaf ? Arrays.copyOf(text, split) : text;
    value = leaf ? Arrays.copyOfRange(text, split + 1, text.length) : new int[0];
    digitsOnly = isNumeric(value, false);
    digitsAndPoints = isNumeric(value, true);
    number =
        digitsAndPoints
            ? PythonFloat.parse(new String(value, 0, value.length))
            : OptionalDouble.empty();
  }

  static JsonLabel of(String label) {
    return new JsonLabel(label);
  }

  /** Python's {@code isnumeric}, with or without points taken out. */
  private static boolean isNumeric(int[] text, boolean withoutPoints) {
    int numerals = 0;
    for (int codePoint : text) {
      int type = Character.getType(codePoint);
      if (type == Character.DECIMAL_DIGIT_NUMBER
          || type == Character.LETTER_NUMBER
          || type == Character.OTHER_NUMBER) {
        numerals++;
      } else if (!withoutPoints || codePoint != '.') {
        return false;
      }
    }
    return numerals > 0;
  }

  private boolean hasValue() {
    return colon < text.length;
  }

  /** The cost of adding or removing the label. */
  int length() {
    return text.length;
  }

  /** Whether another number can be near however its length differs. */
  boolean isNumeric() {
    return digitsAndPoints;
  }

  /**
   * The cost of turning this label into another.
   *
   * @param limit costs from here on need not be exact, only no lower than it
   */
  double costTo(JsonLabel other, double limit) {
    if (!hasValue() || !other.hasValue()) {
      return edits(text, other.text, limit);
    }
    double keyCost = edits(key, other.key, limit);
    return Arrays.equals(value, other.value) ? keyCost : keyCost + valueCost(other, limit);
  }

  private double valueCost(JsonLabel other, double limit) {
    if (digitsAndPoints && other.digitsAndPoints) {
      if (number.isEmpty() || other.number.isEmpty()) {
        return edits(value, other.value, limit);
      }
      double left = Math.abs(number.getAsDouble());
      double right = Math.abs(other.number.getAsDouble());
      double divisor = Math.max(Math.min(left, right), LEAST_DIVISOR);
      return Math.max(value.length, other.value.length) * Math.abs((left - right) / divisor);
    }
    double extra = digitsOnly || other.digitsOnly ? Math.max(length(), other.length()) : 0;
    return extra + edits(value, other.value, limit - extra);
  }

  /** The texts' distance; their difference in length if that alone reaches the limit. */
  private static double edits(int[] from, int[] to, double limit) {
    int least = Math.abs(from.length - to.length);
    return least >= limit ? least : EditDistance.between(from, to);
  }
}
