package io.amalgam.policy.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers written by a presentation type: {@code d x o b c e f g %} and their capitals. */
final class NumberFormat {
  /** More digits than a double has; beyond that only zeros or the limits would be tested. */
  private static final int MOST_DIGITS = 1_000;

  private NumberFormat() {}

  static String integer(BigInteger value, char type, boolean alternate) {
    String sign = value.signum() < 0 ? "-" : "";
    BigInteger size = value.abs();
    return switch (type) {
      case 'x' -> sign + (alternate ? "0x" : "") + size.toString(16);
      case 'X' -> sign + (alternate ? "0X" : "") + size.toString(16).toUpperCase(Locale.ROOT);
      case 'o' -> sign + (alternate ? "0o" : "") + size.toString(8);
      case 'b' -> sign + (alternate ? "0b" : "") + size.toString(2);
      default -> sign + size;
    };
  }

  static String real(double value, char type, int precision, boolean alternate) {
    if (precision > MOST_DIGITS) {
      throw JinjaException.limit("a number with " + precision + " digits");
    }
    boolean capital = Character.isUpperCase(type);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String word = Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
      return capital ? word.toUpperCase(Locale.ROOT) : word;
    }
    boolean negative = value < 0 || (value == 0 && 1 / value < 0);
    BigDecimal size = new BigDecimal(Math.abs(value));
    String text =
        switch (Character.toLowerCase(type)) {
          case 'f' -> fixed(size, precision);
          case '%' -> fixed(size.multiply(BigDecimal.valueOf(100)), precision) + "%";
          case 'e' -> scientific(size, precision);
          default -> general(size, Math.max(1, precision), type == 0, alternate);
        };
    return (negative ? "-" : "") + (capital ? text.toUpperCase(Locale.ROOT) : text);
  }

  private static String fixed(BigDecimal size, int precision) {
    return size.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(BigDecimal size, int precision) {
    if (size.signum() == 0) {
      return "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
    }
    BigDecimal rounded =
        size.round(new java.math.MathContext(precision + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - 1 - rounded.scale();
    StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
    while (digits.length() < precision + 1) {
      digits.append('0');
    }
    digits.setLength(precision + 1);
    String rest = precision > 0 ? "." + digits.substring(1) : "";
    return digits.charAt(0)
        + rest
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** {@code point} asks for room for a digit after the point, else for an exponent. */
  private static String general(BigDecimal size, int precision, boolean point, boolean alternate) {
    if (size.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = size.round(new java.math.MathContext(precision, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - 1 - rounded.scale();
    if (exponent < -4 || exponent >= (point ? precision - 1 : precision)) {
      String text = scientific(size, precision - 1);
      int e = text.indexOf('e');
      return (alternate ? text.substring(0, e) : trimmed(text.substring(0, e))) + text.substring(e);
    }
    String text = fixed(rounded, Math.max(0, precision - 1 - exponent));
    return alternate ? text : trimmed(text);
  }

  private static String trimmed(String text) {
    if (text.indexOf('.') < 0) {
      return text;
    }
    String shorter = CodePoints.stripEnd(text, "0");
    return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
  }

  /** The digits before the point in groups of {@code size}. */
  static String grouped(String number, char separator, int size) {
    int start = number.startsWith("-") ? 1 : 0;
    int end = start;
    while (end < number.length()
        && Character.digit(number.charAt(end), 16) >= 0
        && number.charAt(end) != 'e') {
      end++;
    }
    StringBuilder out = new StringBuilder(number);
    for (int i = end - size; i > start; i -= size) {
      out.insert(i, separator);
    }
    return out.toString();
  }
}
