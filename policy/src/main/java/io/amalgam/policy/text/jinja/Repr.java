package io.amalgam.policy.text.jinja;

import java.math.BigDecimal;
import java.util.List;
import java.util.StringJoiner;

/** How Python writes values. */
final class Repr {
  private Repr() {}

  /** The text that {@code {{ value }}} prints. */
  static String str(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    return value instanceof Undefined ? "" : repr(value);
  }

  static String repr(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Markup markup) {
      return "Markup(" + quoted(markup.text()) + ")";
    }
    if (value == None.NONE) {
      return "None";
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Number) {
      return value.toString();
    }
    if (value instanceof PyList list) {
      return joined("[", list.items(), "]");
    }
    if (value instanceof PyTuple tuple) {
      return tuple.items().size() == 1
          ? "(" + repr(tuple.items().get(0)) + ",)"
          : joined("(", tuple.items(), ")");
    }
    if (value instanceof PyDict dict) {
      StringJoiner out = new StringJoiner(", ", "{", "}");
      dict.entries().forEach(entry -> out.add(repr(entry.key()) + ": " + repr(entry.value())));
      return out.toString();
    }
    if (value instanceof PyView view) {
      return view.type() + "(" + joined("[", view.items(), "]") + ")";
    }
    if (value instanceof PyRange range) {
      return range.written();
    }
    if (value instanceof Namespace namespace) {
      StringJoiner out = new StringJoiner(", ", "<Namespace {", "}>");
      namespace.values().forEach((name, v) -> out.add(quoted(name) + ": " + repr(v)));
      return out.toString();
    }
    if (value instanceof Undefined) {
      return "Undefined";
    }
    if (value instanceof Loop loop) {
      return "<LoopContext " + loop.index() + "/" + loop.length() + ">";
    }
    if (value instanceof Macro macro) {
      return "<Macro " + quoted(macro.name()) + ">";
    }
    return "<" + Python.typeName(value) + " object>";
  }

  private static String joined(String open, List<Object> items, String close) {
    StringJoiner out = new StringJoiner(", ", open, close);
    items.forEach(item -> out.add(repr(item)));
    return out.toString();
  }

  /** The shortest decimal form that reads back as the same number, in Python's layout. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = shortest(value);
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    String sign = value < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
      String size =
          Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
      return sign + digits.charAt(0) + rest + "e" + (exponent < 0 ? "-" : "+") + size;
    }
    String plain = decimal.abs().toPlainString();
    return sign + (plain.contains(".") ? plain : plain + ".0");
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int precision = 1; precision < 17; precision++) {
      BigDecimal rounded =
          exact.round(new java.math.MathContext(precision, java.math.RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact
        .round(new java.math.MathContext(17, java.math.RoundingMode.HALF_EVEN))
        .stripTrailingZeros();
  }

  static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints()
        .forEach(
            c -> {
              if (c == quote || c == '\\') {
                out.append('\\').appendCodePoint(c);
              } else if (c == '\n') {
                out.append("\\n");
              } else if (c == '\r') {
                out.append("\\r");
              } else if (c == '\t') {
                out.append("\\t");
              } else if (printable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(escaped(c));
              }
            });
    return out.append(quote).toString();
  }

  /** As {@link #repr}, with escapes for all that is not ASCII. */
  static String ascii(Object value) {
    StringBuilder out = new StringBuilder();
    repr(value)
        .codePoints()
        .forEach(c -> out.append(c < 0x80 ? Character.toString(c) : escaped(c)));
    return out.toString();
  }

  private static String escaped(int c) {
    return String.format(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  }

  static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
