package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * How Python iterates over and orders values read from JSON: numbers with truth values, texts, and
 * lists element by element; nothing else, and no two kinds together.
 */
final class PythonOrder {
  /**
   * Python's {@code <}; throws {@link ClassCastException} where Python raises {@code TypeError}.
   */
  static final Comparator<JsonNode> NATURAL = PythonOrder::compare;

  static final JsonNode EMPTY_TEXT = TextNode.valueOf("");

  private PythonOrder() {}

  /**
   * What a loop over a value runs through: elements, characters or keys.
   *
   * @throws ClassCastException if Python cannot iterate over it
   */
  static List<JsonNode> elements(JsonNode value) {
    List<JsonNode> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    } else if (value.isObject()) {
      value.fieldNames().forEachRemaining(name -> elements.add(TextNode.valueOf(name)));
    } else if (value.isTextual()) {
      value
          .textValue()
          .codePoints()
          .forEach(c -> elements.add(TextNode.valueOf(Character.toString(c))));
    } else {
      throw new ClassCastException(value.getNodeType() + " is not iterable");
    }
    return elements;
  }

  private static int compare(JsonNode one, JsonNode other) {
    if (one.isTextual() && other.isTextual()) {
      return Words.BY_CODE_POINT.compare(one.textValue(), other.textValue());
    }
    if (isNumber(one) && isNumber(other)) {
      return compareNumbers(one, other);
    }
    if (!one.isArray() || !other.isArray()) {
      throw new ClassCastException(
          "no order of " + one.getNodeType() + " and " + other.getNodeType());
    }
    Iterator<JsonNode> rest = other.iterator();
    for (JsonNode element : one) {
      if (!rest.hasNext()) {
        return 1;
      }
      JsonNode opposite = rest.next();
      if (!equal(element, opposite)) {
        return compare(element, opposite);
      }
    }
    return rest.hasNext() ? -1 : 0;
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() || value.isBoolean();
  }

  private static int compareNumbers(JsonNode one, JsonNode other) {
    return isFinite(one) && isFinite(other)
        ? exact(one).compareTo(exact(other))
        : Double.compare(rough(one), rough(other));
  }

  private static boolean isFinite(JsonNode value) {
    return !value.isFloatingPointNumber() || Double.isFinite(value.doubleValue());
  }

  private static BigDecimal exact(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return new BigDecimal(value.doubleValue());
    }
    return value.isBoolean()
        ? BigDecimal.valueOf(value.asInt())
        : new BigDecimal(value.bigIntegerValue());
  }

  /** A value whose place among infinities and what is not a number is right. */
  private static double rough(JsonNode value) {
    return isFinite(value) ? 0 : value.doubleValue();
  }

  private static boolean equal(JsonNode one, JsonNode other) {
    Comparator<JsonNode> values =
        (a, b) -> isNumber(a) && isNumber(b) ? compareNumbers(a, b) : a.equals(b) ? 0 : 1;
    return one.equals(values, other);
  }
}
