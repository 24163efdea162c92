package io.amalgam.verifiers.python;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Python's {@code float}: reading from text and shortest writing. */
public final class PythonFloat {
  private PythonFloat() {}

  /**
   * The number that {@code float(text)} gives, or empty where it raises {@code ValueError}.
   *
   * <p>White space around, one sign, decimal digits of any script, single underscores between
   * digits, an exponent, and {@code inf}, {@code infinity} and {@code nan} in any case are
   * accepted.
   */
  public static OptionalDouble parse(String text) {
    Optional<String> ascii = PythonText.asciiDigits(PythonText.strip(text));
    if (ascii.isEmpty()) {
      return OptionalDouble.empty();
    }
    String body = ascii.get();
    boolean negative = body.startsWith("-");
    if (negative || body.startsWith("+")) {
      body = body.substring(1);
    }
    OptionalDouble magnitude = magnitude(body);
    return negative && magnitude.isPresent()
        ? OptionalDouble.of(-magnitude.getAsDouble())
        : magnitude;
  }

  private static OptionalDouble magnitude(String body) {
    if (body.length() <= 8) {
      String word = body.toLowerCase(Locale.ROOT);
      if (word.equals("inf") || word.equals("infinity")) {
        return OptionalDouble.of(Double.POSITIVE_INFINITY);
      }
      if (word.equals("nan")) {
        return OptionalDouble.of(Double.NaN);
      }
    }
    StringBuilder plain = new StringBuilder(body.length());
    boolean mantissaDigit = false;
    boolean exponent = false;
    boolean point = false;
    char last = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean afterDigit = last >= '0' && last <= '9';
      boolean allowed;
      if (c >= '0' && c <= '9') {
        mantissaDigit |= !exponent;
        allowed = true;
      } else if (c == '_') {
        allowed = afterDigit;
      } else if (c == '.') {
        allowed = !point && !exponent && last != '_';
        point = true;
      } else if (c == 'e' || c == 'E') {
        allowed = mantissaDigit && !exponent && last != '_';
        exponent = true;
      } else {
        allowed = (c == '-' || c == '+') && (last == 'e' || last == 'E');
      }
      if (!allowed || (last == '_' && (c < '0' || c > '9'))) {
        return OptionalDouble.empty();
      }
      if (c != '_') {
        plain.append(c);
      }
      last = c;
    }
    boolean complete = (last >= '0' && last <= '9') || (last == '.' && mantissaDigit);
    return complete && mantissaDigit
        ? OptionalDouble.of(Double.parseDouble(plain.toString()))
        : OptionalDouble.empty();
  }
}
