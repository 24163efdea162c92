package io.amalgam.verifiers.python;

import java.math.BigDecimal;

/** Numbers as the original shows them in questions: whole where they are, without spare zeros. */
public final class PlainNumber {
  private static final double CLOSE = 1e-9;

  private PlainNumber() {}

  /** Whether a number is whole. */
  public static boolean isWhole(double value) {
    return Double.isFinite(value) && value == Math.rint(value);
  }

  /**
   * A number with at most so many decimals.
   *
   * @param round whether further decimals are rounded away
   * @throws ArithmeticException if it has more decimals and may not be rounded
   */
  public static String format(double value, int decimals, boolean round) {
    if (isWhole(value)) {
      return new BigDecimal(value).toPlainString();
    }
    int needed = new BigDecimal(PythonFloat.repr(value)).stripTrailingZeros().scale();
    String shown = withoutZeros(PythonFloat.fixed(value, decimals));
    boolean exact = Math.abs(Double.parseDouble(shown) - value) <= CLOSE * Math.abs(value);
    if (!round && (needed > decimals || !exact)) {
      throw new ArithmeticException(value + " needs more than " + decimals + " decimals");
    }
    return shown;
  }

  private static String withoutZeros(String digits) {
    int end = digits.length();
    while (end > 0 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end > 0 && digits.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
