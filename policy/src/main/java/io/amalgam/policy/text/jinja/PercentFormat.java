package io.amalgam.policy.text.jinja;

import java.math.BigDecimal;
import java.util.List;

/** The operator {@code text % values}. */
final class PercentFormat {
  private final Run run;
  private final String format;
  private final Object values;
  private final List<Object> positional;
  private int used;
  private int at;

  PercentFormat(Run run, String format, Object values) {
    this.run = run;
    this.format = format;
    this.values = values;
    this.positional = values instanceof PyTuple tuple ? tuple.items() : List.of(values);
  }

  String result() {
    StringBuilder out = new StringBuilder();
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else if (at < format.length() && format.charAt(at) == '%') {
        at++;
        out.append('%');
      } else {
        out.append(one());
      }
      run.budget().output(out.length());
    }
    boolean keyed =
        values instanceof PyDict
            || values instanceof PyList
            || values instanceof PyRange
            || values instanceof Undefined;
    if (used < positional.size() && !keyed) {
      throw JinjaException.type("not all arguments converted during string formatting");
    }
    return out.toString();
  }

  private String one() {
    Object value = None.NONE;
    boolean named = false;
    if (peek() == '(') {
      int close = format.indexOf(')', at);
      if (close < 0 || !(values instanceof PyDict dict)) {
        throw JinjaException.type("format requires a mapping");
      }
      String key = format.substring(at + 1, close);
      value = dict.get(key).orElseThrow(() -> JinjaException.type("KeyError: " + Repr.quoted(key)));
      named = true;
      at = close + 1;
    }
    StringBuilder flags = new StringBuilder();
    while ("-+ #0".indexOf(peek()) >= 0) {
      flags.append(format.charAt(at++));
    }
    int width = size(-1);
    boolean left = flags.indexOf("-") >= 0;
    if (width < -1) {
      left = true;
      width = -width;
    }
    int precision = -1;
    if (peek() == '.') {
      at++;
      precision = Math.max(0, size(0));
    }
    while ("hlL".indexOf(peek()) >= 0) {
      at++;
    }
    char type = peek();
    at++;
    if (!named) {
      value = take();
    }
    String text = converted(type, value, precision, flags.toString());
    int missing = Math.max(0, width) - CodePoints.length(text);
    if (missing <= 0) {
      return text;
    }
    run.budget().allocate(width);
    if (left) {
      return text + " ".repeat(missing);
    }
    if (flags.indexOf("0") >= 0 && "sracn".indexOf(type) < 0) {
      int sign = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ") ? 1 : 0;
      return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
    return " ".repeat(missing) + text;
  }

  private char peek() {
    if (at >= format.length()) {
      throw JinjaException.type("incomplete format");
    }
    return format.charAt(at);
  }

  private Object take() {
    if (used >= positional.size()) {
      throw JinjaException.type("not enough arguments for format string");
    }
    return positional.get(used++);
  }

  private int size(int absent) {
    if (peek() == '*') {
      at++;
      return Python.index(take());
    }
    int from = at;
    while (Character.isDigit(peek())) {
      at++;
    }
    if (from == at) {
      return absent;
    }
    if (at - from > 9) {
      throw JinjaException.limit("a width of " + format.substring(from, at));
    }
    return Integer.parseInt(format.substring(from, at));
  }

  private static String converted(char type, Object value, int precision, String flags) {
    boolean alternate = flags.indexOf('#') >= 0;
    switch (type) {
      case 's', 'r', 'a':
        String text =
            type == 's' ? Repr.str(value) : type == 'r' ? Repr.repr(value) : Repr.ascii(value);
        return precision >= 0 && precision < CodePoints.length(text)
            ? CodePoints.slice(text, 0, precision)
            : text;
      case 'c':
        return value instanceof String letter ? letter : Character.toString(Python.index(value));
      case 'd', 'i', 'u', 'x', 'X', 'o':
        if (!Python.isNumber(value)) {
          throw JinjaException.type(
              "%" + type + " format: a real number is required, not " + Python.typeName(value));
        }
        if (value instanceof Double && "xXo".indexOf(type) >= 0) {
          throw JinjaException.type("%" + type + " format: an integer is required, not float");
        }
        String digits =
            NumberFormat.integer(
                value instanceof Double real
                    ? new BigDecimal(real).toBigInteger()
                    : Arithmetic.toBig(value),
                type,
                alternate);
        int zeros = Math.min(precision, 1_000) - digits.length() + (digits.startsWith("-") ? 1 : 0);
        int sign = digits.startsWith("-") ? 1 : 0;
        return signed(
            zeros > 0
                ? digits.substring(0, sign) + "0".repeat(zeros) + digits.substring(sign)
                : digits,
            flags);
      case 'e', 'E', 'f', 'F', 'g', 'G':
        if (!Python.isNumber(value)) {
          throw JinjaException.type("must be real number, not " + Python.typeName(value));
        }
        return signed(
            NumberFormat.real(
                Arithmetic.toDouble(value), type, precision < 0 ? 6 : precision, alternate),
            flags);
      default:
        throw JinjaException.type("unsupported format character '" + type + "'");
    }
  }

  private static String signed(String number, String flags) {
    if (number.startsWith("-")) {
      return number;
    }
    return flags.indexOf('+') >= 0 ? "+" + number : flags.indexOf(' ') >= 0 ? " " + number : number;
  }
}
