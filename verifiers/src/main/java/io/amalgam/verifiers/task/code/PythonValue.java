package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonFloat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** How Python writes, compares and orders the values that {@code json.loads} gives. */
final class PythonValue {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int FIRST_UNPRINTABLE = 0x7f;

  /** Python's order of texts, by code points. */
  private static final Comparator<String> BY_CODE_POINTS =
      (left, right) -> {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
          char a = left.charAt(i);
          char b = right.charAt(i);
          if (a != b) {
            boolean onePaired = Character.isSurrogate(a) != Character.isSurrogate(b);
            return onePaired
                ? Integer.compare(left.codePointAt(i), right.codePointAt(i))
                : Character.compare(a, b);
          }
        }
        return Integer.compare(left.length(), right.length());
      };

  private PythonValue() {}

  /** {@code str} of a value that holds no others. */
  static String str(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isNull()) {
      return "None";
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "True" : "False";
    }
    return value.isFloatingPointNumber() ? PythonFloat.repr(value.doubleValue()) : value.asText();
  }

  /** {@code repr} of a value. */
  static String repr(JsonNode value) {
    if (value.isContainerNode()) {
      return container(value, PythonValue::quoted, PythonValue::repr);
    }
    return value.isTextual() ? quoted(value.textValue()) : str(value);
  }

  /** {@code json.dumps} of a value. */
  static String dumps(JsonNode value) {
    if (value.isContainerNode()) {
      return container(value, PythonValue::jsonText, PythonValue::dumps);
    }
    if (value.isTextual()) {
      return jsonText(value.textValue());
    }
    if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
      double number = value.doubleValue();
      return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }
    return value.isNull() || value.isBoolean() ? value.asText() : str(value);
  }

  private static String container(
      JsonNode value, Function<String, String> key, Function<JsonNode, String> element) {
    if (value.isArray()) {
      StringJoiner elements = new StringJoiner(", ", "[", "]");
      value.forEach(each -> elements.add(element.apply(each)));
      return elements.toString();
    }
    StringJoiner pairs = new StringJoiner(", ", "{", "}");
    value
        .fields()
        .forEachRemaining(
            pair -> pairs.add(key.apply(pair.getKey()) + ": " + element.apply(pair.getValue())));
    return pairs.toString();
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder written = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        case '\\' -> written.append("\\\\");
        default -> {
          if (c == quote) {
            written.append('\\').append(c);
          } else if (c < FIRST_PRINTABLE || c == FIRST_UNPRINTABLE) {
            written.append("\\x").append(hexadecimal(c, 2));
          } else {
            written.append(c);
          }
        }
      }
    }
    return written.append(quote).toString();
  }

  private static String jsonText(String text) {
    StringBuilder written = new StringBuilder().append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        case '\f' -> written.append("\\f");
        case '\b' -> written.append("\\b");
        case '\\' -> written.append("\\\\");
        case '"' -> written.append("\\\"");
        default -> {
          if (c < FIRST_PRINTABLE || c >= FIRST_UNPRINTABLE) {
            written.append("\\u").append(hexadecimal(c, 4));
          } else {
            written.append(c);
          }
        }
      }
    }
    return written.append('"').toString();
  }

  private static String hexadecimal(int value, int digits) {
    String text = Integer.toHexString(value);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** The members of an object in the order of their keys. */
  static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
    object.fields().forEachRemaining(members::add);
    members.sort(Map.Entry.comparingByKey(BY_CODE_POINTS));
    return members;
  }

  /**
   * Python's {@code ==} of two values inside others: 1, 1.0 and {@code True} are equal, and {@code
   * NaN} is found identical to itself.
   */
  static boolean areEqual(JsonNode left, JsonNode right) {
    if (left.isArray() && right.isArray()) {
      if (left.size() != right.size()) {
        return false;
      }
      Iterator<JsonNode> others = right.elements();
      for (JsonNode element : left) {
        if (!areEqual(element, others.next())) {
          return false;
        }
      }
      return true;
    }
    if (left.isObject() && right.isObject()) {
      if (left.size() != right.size()) {
        return false;
      }
      for (Iterator<String> keys = left.fieldNames(); keys.hasNext(); ) {
        String key = keys.next();
        if (!right.has(key) || !areEqual(left.get(key), right.get(key))) {
          return false;
        }
      }
      return true;
    }
    boolean numbers = isNumber(left) && isNumber(right);
    return numbers ? areEqualNumbers(left, right) : left.equals(right);
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() || value.isBoolean();
  }

  private static boolean areEqualNumbers(JsonNode left, JsonNode right) {
    boolean finite = isFinite(left) && isFinite(right);
    return finite
        ? exact(left).compareTo(exact(right)) == 0
        : !isFinite(left)
            && !isFinite(right)
            && Double.compare(left.doubleValue(), right.doubleValue()) == 0;
  }

  private static boolean isFinite(JsonNode number) {
    return !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
  }

  private static BigDecimal exact(JsonNode number) {
    if (number.isBoolean()) {
      return number.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return number.isFloatingPointNumber()
        ? new BigDecimal(number.doubleValue())
        : new BigDecimal(number.bigIntegerValue());
  }
}
