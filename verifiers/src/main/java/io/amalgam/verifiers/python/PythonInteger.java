package io.amalgam.verifiers.python;

import java.math.BigInteger;
import java.util.Optional;

/** Python's {@code int(text)} in base ten. */
public final class PythonInteger {
  /** The longest text of digits that Python 3.11 converts; longer ones raise. */
  public static final int MAX_DIGITS = 4300;

  /** So many digits always fit a {@code long}. */
  private static final int SHORT = 18;

  private PythonInteger() {}

  /**
   * The integer that {@code int(text)} gives, or empty where it raises {@code ValueError}.
   *
   * <p>White space around, one sign, decimal digits of any script and single underscores between
   * digits are accepted.
   */
  public static Optional<BigInteger> parse(String text) {
    if (isShort(text)) {
      return Optional.of(BigInteger.valueOf(Long.parseLong(text)));
    }
    Optional<String> ascii = PythonText.asciiDigits(PythonText.stripAroundNumber(text));
    if (ascii.isEmpty()) {
      return Optional.empty();
    }
    String body = ascii.get();
    boolean negative = body.startsWith("-");
    if (negative || body.startsWith("+")) {
      body = body.substring(1);
    }
    StringBuilder digits = new StringBuilder();
    boolean afterDigit = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
        afterDigit = true;
      } else if (c == '_' && afterDigit) {
        afterDigit = false;
      } else {
        return Optional.empty();
      }
    }
    if (!afterDigit || digits.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    BigInteger magnitude = new BigInteger(digits.toString());
    return Optional.of(negative ? magnitude.negate() : magnitude);
  }

  /** Whether the text is nothing but a few ASCII digits, as nearly every number is. */
  private static boolean isShort(String text) {
    if (text.isEmpty() || text.length() > SHORT) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
