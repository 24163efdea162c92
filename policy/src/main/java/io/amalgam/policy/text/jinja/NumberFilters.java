package io.amalgam.policy.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

/** Filters that take or give numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static void register(Map<String, Filters.Filter> all) {
    all.put("abs", NumberFilters::absolute);
    all.put("int", NumberFilters::integer);
    all.put("float", NumberFilters::real);
    all.put("round", NumberFilters::round);
    all.put("filesizeformat", NumberFilters::fileSize);
  }

  private static Object absolute(Run run, Object value, Arguments arguments) {
    arguments.bind("abs", 0);
    if (!Python.isNumber(value)) {
      Python.refuseUndefined(value);
      throw JinjaException.type("bad operand type for abs(): '" + Python.typeName(value) + "'");
    }
    return value instanceof Double number
        ? (Object) Math.abs(number)
        : Arithmetic.narrowed(Arithmetic.toBig(value).abs());
  }

  private static Object integer(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("int", 0, "default", "base");
    Object otherwise = bound.get(0, 0L);
    if (value instanceof String text) {
      try {
        return parsed(text, bound.integer(1, 10));
      } catch (NumberFormatException notWhole) {
        return truncated(parsedReal(text), otherwise);
      }
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    return value instanceof Double number
        ? truncated(number, otherwise)
        : Python.isInteger(value) ? Arithmetic.narrowed(Arithmetic.toBig(value)) : otherwise;
  }

  private static Object truncated(double number, Object otherwise) {
    return Double.isNaN(number) || Double.isInfinite(number)
        ? otherwise
        : Arithmetic.narrowed(new BigDecimal(number).toBigInteger());
  }

  private static Object parsed(String text, int base) {
    String digits = CodePoints.stripEnd(CodePoints.stripStart(text));
    if (digits.length() > 4300) {
      throw new NumberFormatException("too long");
    }
    boolean negative = digits.startsWith("-");
    String size = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    int radix = base;
    String prefix =
        size.length() > 2 && size.charAt(0) == '0'
            ? size.substring(0, 2).toLowerCase(java.util.Locale.ROOT)
            : "";
    int prefixed = prefix.equals("0x") ? 16 : prefix.equals("0o") ? 8 : prefix.equals("0b") ? 2 : 0;
    if (prefixed > 0 && (base == prefixed || base == 0)) {
      size = size.substring(2);
      radix = prefixed;
    }
    if (!size.matches("\\w+(_\\w+)*")
        || size.startsWith("_")
        || size.endsWith("_")
        || size.contains("__")) {
      throw new NumberFormatException(text);
    }
    BigInteger number = new BigInteger(size.replace("_", ""), radix == 0 ? 10 : radix);
    return Arithmetic.narrowed(negative ? number.negate() : number);
  }

  /** The float that a text spells, or NaN. */
  private static double parsedReal(String text) {
    String number =
        CodePoints.stripEnd(CodePoints.stripStart(text)).replaceAll("(?<=\\d)_(?=\\d)", "");
    if (number.matches("(?i)[+-]?(inf|infinity)")) {
      return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return number.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")
        ? Double.parseDouble(number)
        : Double.NaN;
  }

  private static Object real(Run run, Object value, Arguments arguments) {
    Object otherwise = arguments.bind("float", 0, "default").get(0, 0.0);
    if (value instanceof String text) {
      double number = parsedReal(text);
      boolean spelled = CodePoints.stripEnd(CodePoints.stripStart(text)).matches("(?i)[+-]?nan");
      return Double.isNaN(number) && !spelled ? otherwise : (Object) number;
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    return Python.isNumber(value) ? (Object) Arithmetic.toDouble(value) : otherwise;
  }

  private static Object round(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("round", 0, "precision", "method");
    String method = bound.has(1) ? bound.text(1) : "common";
    int precision = bound.integer(0, 0);
    if (!Python.isNumber(value)) {
      Python.refuseUndefined(value);
      throw JinjaException.type(
          "type " + Python.typeName(value) + " doesn't define __round__ method");
    }
    if (method.equals("common")) {
      if (value instanceof Double) {
        return Arithmetic.rounded(value, precision);
      }
      BigInteger whole = Arithmetic.toBig(value);
      return precision >= 0 || precision < -400
          ? Arithmetic.narrowed(precision >= 0 ? whole : BigInteger.ZERO)
          : Arithmetic.narrowed(
              new BigDecimal(whole).setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
    }
    if (!method.equals("ceil") && !method.equals("floor")) {
      throw JinjaException.type("method must be common, ceil or floor");
    }
    double scale = Math.pow(10, precision);
    double scaled = Arithmetic.toDouble(value) * scale;
    return (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
  }

  private static Object fileSize(Run run, Object value, Arguments arguments) {
    boolean binary = arguments.bind("filesizeformat", 0, "binary").truth(0, false);
    double bytes =
        value instanceof String text
            ? parsedReal(text)
            : Python.isNumber(value) ? Arithmetic.toDouble(value) : Double.NaN;
    if (Double.isNaN(bytes)) {
      throw JinjaException.type("filesizeformat needs a number");
    }
    double base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return "1 Byte";
    }
    if (bytes < base) {
      return (long) bytes + " Bytes";
    }
    String[] prefixes = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    double unit = base;
    int i = 0;
    while (i < prefixes.length - 1 && bytes >= unit * base) {
      unit *= base;
      i++;
    }
    String prefix =
        binary ? prefixes[i].toUpperCase(java.util.Locale.ROOT) + "iB" : prefixes[i] + "B";
    return NumberFormat.real(bytes / unit, 'f', 1, false) + " " + prefix;
  }
}
