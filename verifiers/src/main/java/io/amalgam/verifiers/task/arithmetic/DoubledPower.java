package io.amalgam.verifiers.task.arithmetic;

/**
 * Powers in twice the precision of a double, so that nearly all are rounded correctly without
 * decimal arithmetic (Dekker, "A floating-point technique for extending the available precision",
 * 1971).
 */
final class DoubledPower {
  /** Within these bounds neither products nor their errors leave the normal numbers. */
  private static final double LARGEST = 1e200;

  private static final double SMALLEST = 1e-200;

  /** Far above the relative error of 64 products and a quotient, which is near 2^-96. */
  private static final double DOUBT = 0x1p-85;

  private DoubledPower() {}

  /**
   * The double nearest to the power; NaN where this precision cannot tell which is.
   *
   * @param exponent from -64 to 64
   */
  static double of(double base, int exponent) {
    double high = 1;
    double low = 0;
    for (int i = Math.abs(exponent); i > 0; i--) {
      double product = high * base;
      double rest = Math.fma(low, base, Math.fma(high, base, -product));
      high = product + rest;
      low = rest - (high - product);
      double size = Math.abs(high);
      if (!(size < LARGEST && size > SMALLEST)) {
        return Double.NaN;
      }
    }
    if (exponent < 0) {
      double quotient = 1 / high;
      double remainder = Math.fma(-quotient, low, Math.fma(-quotient, high, 1));
      double correction = remainder / high;
      high = quotient + correction;
      low = correction - (high - quotient);
    }
    double doubt = Math.abs(high) * DOUBT;
    return high + (low + doubt) == high && high + (low - doubt) == high ? high : Double.NaN;
  }
}
