package io.amalgam.verifiers.task.probability;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The forms of numbers that Python's {@code Fraction(text)} reads: {@code 3/8}, {@code .375},
 * {@code 3.75e-1}; and their values as doubles.
 *
 * <p>White space around, one sign, digits of any script and single underscores between digits are
 * accepted. The size of exponents costs nothing.
 */
final class RationalText {
  /** Beyond this many decimal places to either side a double is zero or does not exist. */
  private static final int MOST_PLACES = 400;

  /** Bits of a quotient, so that its last one is far below the last of a double. */
  private static final int QUOTIENT_BITS = 66;

  private static final int LONGEST_EXPONENT = 9;

  private final String text;
  private int position;
  private boolean malformed;

  private RationalText(String text) {
    this.text = text;
  }

  /**
   * The value of a text, infinite if it is too large for a double, or empty where Python raises
   * {@code ValueError} or {@code ZeroDivisionError}.
   */
  static Optional<Double> parse(String text) {
    return plain(PythonText.strip(text)).flatMap(plain -> new RationalText(plain).value());
  }

  /** Digits of other scripts as ASCII; empty if another non-ASCII character occurs. */
  private static Optional<String> plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      int digit = PythonText.decimalDigit(codePoint);
      if (digit < 0 && codePoint >= 0x80) {
        return Optional.empty();
      }
      plain.append((char) (digit < 0 ? codePoint : '0' + digit));
    }
    return Optional.of(plain.toString());
  }

  private Optional<Double> value() {
    boolean negative = accept('-');
    if (!negative) {
      accept('+');
    }
    String whole = digits();
    String decimals = "";
    Optional<Double> magnitude;
    String digits;
    if (!whole.isEmpty() && accept('/')) {
      String denominator = digits();
      magnitude = atEnd() && !denominator.isEmpty() ? quotient(whole, denominator) : empty();
      digits = whole;
    } else {
      decimals = accept('.') ? digits() : "";
      boolean hasExponent = accept('e') || accept('E');
      boolean negativeExponent = hasExponent && accept('-');
      if (hasExponent && !negativeExponent) {
        accept('+');
      }
      String exponent = hasExponent ? digits() : "0";
      boolean complete = atEnd() && !exponent.isEmpty() && whole.length() + decimals.length() > 0;
      magnitude = complete ? decimal(whole, decimals, exponent, negativeExponent) : empty();
      digits = whole + decimals;
    }
    // Zero has no sign, but what is too small for a double keeps it.
    boolean zero = digits.chars().allMatch(c -> c == '0');
    return negative && !zero ? magnitude.map(value -> -value) : magnitude;
  }

  private static Optional<Double> empty() {
    return Optional.empty();
  }

  private boolean atEnd() {
    return !malformed && position == text.length();
  }

  private boolean accept(char c) {
    boolean found = position < text.length() && text.charAt(position) == c;
    position += found ? 1 : 0;
    return found;
  }

  /** Digits without the underscores between them; none if there is no digit here. */
  private String digits() {
    StringBuilder digits = new StringBuilder();
    boolean afterDigit = false;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c >= '0' && c <= '9') {
        digits.append(c);
        afterDigit = true;
      } else if (c == '_' && afterDigit) {
        afterDigit = false;
      } else {
        break;
      }
      position++;
    }
    malformed |= digits.length() > 0 && !afterDigit;
    // Python refuses to convert longer texts.
    malformed |= digits.length() > PythonInteger.MAX_DIGITS;
    return malformed ? "" : digits.toString();
  }

  /** The nearest double of a quotient; a last bit for the remainder keeps ties apart. */
  private static Optional<Double> quotient(String whole, String denominator) {
    BigInteger above = new BigInteger(whole);
    BigInteger below = new BigInteger(denominator);
    if (below.signum() == 0) {
      return Optional.empty();
    }
    int shift = Math.max(0, below.bitLength() - above.bitLength() + QUOTIENT_BITS);
    BigInteger[] parts = above.shiftLeft(shift).divideAndRemainder(below);
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    return Optional.of(Math.scalb(quotient.doubleValue(), -shift));
  }

  private static Optional<Double> decimal(
      String whole, String decimals, String exponent, boolean negativeExponent) {
    BigInteger mantissa = new BigInteger("0" + whole + decimals);
    if (mantissa.signum() == 0) {
      return Optional.of(0.0);
    }
    String significant = exponent.replaceFirst("^0+", "");
    long power =
        significant.length() > LONGEST_EXPONENT
            ? Integer.MAX_VALUE
            : Long.parseLong("0" + significant);
    long scale = decimals.length() - (negativeExponent ? -power : power);
    long places = mantissa.toString().length() - scale;
    if (places > MOST_PLACES) {
      return Optional.of(Double.POSITIVE_INFINITY);
    }
    return Optional.of(
        places < -MOST_PLACES ? 0.0 : new BigDecimal(mantissa, (int) scale).doubleValue());
  }
}
