package io.amalgam.verifiers.python;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of Python's {@code decimal.Decimal}, read from text and compared for equality only.
 *
 * <p>Kept as normalised digits and exponent, so that reading and comparing take time linear in the
 * text, however large the exponent.
 *
 * @param negative the sign; false for zero
 * @param digits significant digits without zeros at either end; empty for zero; {@code inf} or
 *     {@code nan} for specials
 * @param exponent power of ten of the last digit; 0 for zero and specials
 */
public record PythonDecimal(boolean negative, String digits, BigInteger exponent) {
  private static final Pattern SPECIAL =
      Pattern.compile("inf(?:inity)?|s?nan[0-9]*", Pattern.CASE_INSENSITIVE);

  /** Largest power of ten that the original's number format holds. */
  private static final BigInteger MAX_EXPONENT = new BigInteger("999999999999999999");

  /**
   * The value of {@code Decimal(text)}, or empty where Python raises.
   *
   * <p>Unlike {@code int}, underscores are dropped wherever they stand.
   */
  public static Optional<PythonDecimal> parse(String text) {
    Optional<String> ascii = PythonText.asciiDigits(PythonText.strip(text));
    if (ascii.isEmpty()) {
      return Optional.empty();
    }
    String body = ascii.get().replace("_", "");
    boolean negative = body.startsWith("-");
    if (negative || body.startsWith("+")) {
      body = body.substring(1);
    }
    if (body.length() < 64) {
      Matcher special = SPECIAL.matcher(body);
      if (special.matches()) {
        boolean infinite = body.charAt(0) == 'i' || body.charAt(0) == 'I';
        return Optional.of(new PythonDecimal(negative, infinite ? "inf" : "nan", BigInteger.ZERO));
      }
    }
    return parseFinite(negative, body);
  }

  private static Optional<PythonDecimal> parseFinite(boolean negative, String body) {
    int end = 0;
    int point = -1;
    StringBuilder digits = new StringBuilder();
    for (; end < body.length(); end++) {
      char c = body.charAt(end);
      if (c == '.' && point < 0) {
        point = digits.length();
      } else if (c >= '0' && c <= '9') {
        digits.append(c);
      } else {
        break;
      }
    }
    if (digits.length() == 0) {
      return Optional.empty();
    }
    Optional<BigInteger> written = exponentOf(body.substring(end));
    if (written.isEmpty()) {
      return Optional.empty();
    }
    long fraction = point < 0 ? 0 : digits.length() - point;
    return normalised(negative, digits, written.get().subtract(BigInteger.valueOf(fraction)));
  }

  private static Optional<BigInteger> exponentOf(String tail) {
    if (tail.isEmpty()) {
      return Optional.of(BigInteger.ZERO);
    }
    if (tail.charAt(0) != 'e' && tail.charAt(0) != 'E') {
      return Optional.empty();
    }
    int start = tail.length() > 1 && (tail.charAt(1) == '-' || tail.charAt(1) == '+') ? 2 : 1;
    if (start == tail.length()) {
      return Optional.empty();
    }
    int significant = start;
    for (int i = start; i < tail.length(); i++) {
      if (tail.charAt(i) < '0' || tail.charAt(i) > '9') {
        return Optional.empty();
      }
      if (significant == i && tail.charAt(i) == '0') {
        significant++;
      }
    }
    String value = tail.substring(significant);
    if (value.length() > MAX_EXPONENT.bitLength()) {
      return Optional.empty();
    }
    BigInteger exponent = value.isEmpty() ? BigInteger.ZERO : new BigInteger(value);
    return Optional.of(tail.charAt(1) == '-' ? exponent.negate() : exponent);
  }

  private static Optional<PythonDecimal> normalised(
      boolean negative, CharSequence digits, BigInteger exponent) {
    int first = 0;
    int last = digits.length();
    while (first < last && digits.charAt(first) == '0') {
      first++;
    }
    if (first == last) {
      return Optional.of(new PythonDecimal(false, "", BigInteger.ZERO));
    }
    while (digits.charAt(last - 1) == '0') {
      last--;
    }
    BigInteger adjusted = exponent.add(BigInteger.valueOf(digits.length() - first - 1L));
    if (adjusted.abs().compareTo(MAX_EXPONENT) > 0) {
      return Optional.empty();
    }
    BigInteger lastPlace = exponent.add(BigInteger.valueOf(digits.length() - (long) last));
    return Optional.of(
        new PythonDecimal(negative, digits.subSequence(first, last).toString(), lastPlace));
  }

  /** Python's {@code ==}: not-a-number equals nothing. */
  public boolean sameValue(PythonDecimal other) {
    return !digits.equals("nan") && equals(other);
  }
}
