package io.amalgam.verifiers.python;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Python's {@code int(text, 0)}: a whole number whose prefix names its base.
 *
 * <p>{@code 0x}, {@code 0o} and {@code 0b} in either case, else decimal without leading zeros;
 * white space around, one sign and single underscores between digits (and after the prefix) are
 * accepted.
 */
public final class PythonIntegerLiteral {
  private static final int DECIMAL = 10;

  private final boolean negative;
  private final int base;
  private final String digits;

  private PythonIntegerLiteral(boolean negative, int base, String digits) {
    this.negative = negative;
    this.base = base;
    this.digits = digits;
  }

  /** Reads a text, or nothing where Python raises. */
  public static Optional<PythonIntegerLiteral> parse(String text) {
    Optional<String> ascii = PythonText.asciiDigits(PythonText.stripAroundNumber(text));
    if (ascii.isEmpty()) {
      return Optional.empty();
    }
    String body = ascii.get();
    boolean negative = body.startsWith("-");
    if (negative || body.startsWith("+")) {
      body = body.substring(1);
    }
    int base = baseOf(body);
    if (base != DECIMAL) {
      body = body.substring(body.length() > 2 && body.charAt(2) == '_' ? 3 : 2);
    }
    Optional<String> digits = digitsOf(body, base);
    if (base != DECIMAL || digits.isEmpty()) {
      return digits.map(significant -> new PythonIntegerLiteral(negative, base, significant));
    }
    boolean zeroFirst = body.charAt(0) == '0' && !digits.get().isEmpty();
    return zeroFirst || digits.get().length() > PythonInteger.MAX_DIGITS
        ? Optional.empty()
        : Optional.of(new PythonIntegerLiteral(negative, base, digits.get()));
  }

  private static int baseOf(String body) {
    if (body.length() < 2 || body.charAt(0) != '0') {
      return DECIMAL;
    }
    switch (body.charAt(1)) {
      case 'x', 'X':
        return 16;
      case 'o', 'O':
        return 8;
      case 'b', 'B':
        return 2;
      default:
        return DECIMAL;
    }
  }

  /** The digits without underscores and leading zeros. */
  private static Optional<String> digitsOf(String body, int base) {
    StringBuilder digits = new StringBuilder();
    boolean afterDigit = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (Character.digit(c, base) >= 0) {
        if (c != '0' || digits.length() > 0) {
          digits.append(c);
        }
        afterDigit = true;
      } else if (c == '_' && afterDigit) {
        afterDigit = false;
      } else {
        return Optional.empty();
      }
    }
    return afterDigit ? Optional.of(digits.toString()) : Optional.empty();
  }

  /**
   * Whether the number equals another one; takes time linear in the text, because numbers of
   * another length are not converted.
   */
  public boolean hasValue(BigInteger value) {
    String wanted = value.abs().toString(base);
    if (value.signum() == 0) {
      return digits.isEmpty();
    }
    return negative == value.signum() < 0 && digits.equalsIgnoreCase(wanted);
  }
}
