package io.amalgam.verifiers.task.arithmetic.gsm;

/** Questions about numbers that plots ask. */
final class Numbers {
  private Numbers() {}

  /** Whether a float has no decimals. */
  static boolean isWhole(double value) {
    return value == Math.rint(value);
  }

  /** The greatest common divisor of two positive numbers. */
  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** A fraction in lowest terms, {@code 3/4}, or a whole number. */
  static String fraction(int numerator, int denominator) {
    int divisor = gcd(numerator, denominator);
    String whole = Integer.toString(numerator / divisor);
    return divisor == denominator ? whole : whole + "/" + denominator / divisor;
  }
}
