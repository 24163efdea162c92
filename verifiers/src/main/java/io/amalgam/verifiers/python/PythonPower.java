package io.amalgam.verifiers.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Python's {@code base ** exponent} of two floats to the last bit, where Python was built on the
 * GNU C library (2.28 or later) for a processor with fused multiply-add.
 *
 * <p>That library's power is right to 0.51 units in the last place, so in about one case of a
 * thousand it is not the nearest double. To err alike takes its steps: the logarithm as a sum of
 * two doubles from a table and a polynomial, times the exponent, and the exponential from a second
 * table. Both tables are computed here from their definitions.
 */
public final class PythonPower {
  private static final int TABLE_BITS = 7;
  private static final int TABLE_SIZE = 1 << TABLE_BITS;
  private static final int MANTISSA_BITS = 52;
  private static final int SHIFT = MANTISSA_BITS - TABLE_BITS;

  /** The bits of the least significand, about 0.7, that the table of logarithms starts at. */
  private static final long FIRST_SIGNIFICAND = 0x3fe6955500000000L;

  private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;
  private static final double LN2_LOW = 0x1.ef35793c76730p-45;
  private static final double[] LOGARITHM = {
    -0x1p-1,
    0x1.555555555556p-2 * -2,
    -0x1.0000000000006p-2 * -2,
    0x1.999999959554ep-3 * 4,
    -0x1.555555529a47ap-3 * 4,
    0x1.2495b9b4845e9p-3 * -8,
    -0x1.0002b8b263fc3p-3 * -8
  };

  private static final double STEPS_PER_LN2 = 0x1.71547652b82fep0 * TABLE_SIZE;
  private static final double STEP_HIGH = -0x1.62e42fefa0000p-8;
  private static final double STEP_LOW = -0x1.cf79abc9e3b39p-47;
  private static final double[] EXPONENTIAL = {
    0x1.ffffffffffdbdp-2, 0x1.555555555543cp-3, 0x1.55555cf172b91p-5, 0x1.1111167a4d017p-7
  };

  /** Adding and subtracting it rounds to an integer. */
  private static final double ROUNDER = 0x1.8p52;

  private static final double TINY = 0x1p-54;

  /** Beyond this logarithm the steps differ; such results are rounded correctly instead. */
  private static final double LARGE = 512;

  private static final MathContext PRECISE = new MathContext(50);
  private static final double LOG_GRID = 0x1p43;

  private static final double[] INVERSE = new double[TABLE_SIZE];
  private static final double[] LOG = new double[TABLE_SIZE];
  private static final double[] LOG_TAIL = new double[TABLE_SIZE];
  private static final double[] ROOT = new double[TABLE_SIZE];
  private static final double[] ROOT_TAIL = new double[TABLE_SIZE];

  static {
    for (int i = 0; i < TABLE_SIZE; i++) {
      fillLogarithm(i);
    }
    BigDecimal step = BigDecimal.valueOf(2);
    for (int i = 0; i < TABLE_BITS; i++) {
      step = step.sqrt(PRECISE);
    }
    BigDecimal root = BigDecimal.ONE;
    for (int i = 0; i < TABLE_SIZE; i++) {
      ROOT[i] = root.doubleValue();
      BigDecimal nearest = new BigDecimal(ROOT[i]);
      ROOT_TAIL[i] = root.subtract(nearest).divide(nearest, PRECISE).doubleValue();
      root = root.multiply(step, PRECISE);
    }
  }

  private PythonPower() {}

  /** The inverse of the middle of a part of the range, in few bits, and minus its logarithm. */
  private static void fillLogarithm(int i) {
    double low = Double.longBitsToDouble(FIRST_SIGNIFICAND + ((long) i << SHIFT));
    double high = Double.longBitsToDouble(FIRST_SIGNIFICAND + ((i + 1L) << SHIFT));
    double middle = (low + high) / 2;
    double inverse =
        middle < 1
            ? (double) Math.round(TABLE_SIZE / middle) / TABLE_SIZE
            : (double) Math.round(2 * TABLE_SIZE / middle) / TABLE_SIZE / 2;
    BigDecimal log = logarithm(new BigDecimal(inverse)).negate();
    double head = Math.rint(log.doubleValue() * LOG_GRID) / LOG_GRID;
    INVERSE[i] = inverse;
    LOG[i] = head;
    LOG_TAIL[i] = log.subtract(new BigDecimal(head)).doubleValue();
  }

  /** By the series of the inverse hyperbolic tangent. */
  private static BigDecimal logarithm(BigDecimal x) {
    BigDecimal t = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), PRECISE);
    BigDecimal square = t.multiply(t, PRECISE);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal power = t;
    BigDecimal least = BigDecimal.ONE.movePointLeft(PRECISE.getPrecision());
    for (int k = 1; power.abs().compareTo(least) > 0; k += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(k), PRECISE));
      power = power.multiply(square, PRECISE);
    }
    return sum.multiply(BigDecimal.valueOf(2));
  }

  /** A float to a whole power; infinite where Python raises {@code OverflowError}. */
  public static double power(double base, int exponent) {
    double magnitude = Math.abs(base);
    if (exponent == 0
        || magnitude == 1
        || magnitude < Double.MIN_NORMAL
        || !Double.isFinite(base)) {
      return StrictMath.pow(base, exponent);
    }
    double result = positive(magnitude, exponent);
    return base < 0 && exponent % 2 != 0 ? -result : result;
  }

  private static double positive(double base, int exponent) {
    long bits = Double.doubleToRawLongBits(base);
    long above = bits - FIRST_SIGNIFICAND;
    int i = (int) (above >> SHIFT) & (TABLE_SIZE - 1);
    double twos = above >> MANTISSA_BITS;
    double significand = Double.longBitsToDouble(bits - (above & (0xfffL << MANTISSA_BITS)));

    double r = Math.fma(significand, INVERSE[i], -1.0);
    double whole = Math.fma(twos, LN2_HIGH, LOG[i]);
    double first = whole + r;
    double low1 = Math.fma(twos, LN2_LOW, LOG_TAIL[i]);
    double low2 = whole - first + r;
    double half = LOGARITHM[0] * r;
    double halfSquare = r * half;
    double halfCube = r * halfSquare;
    double sum = first + halfSquare;
    double low3 = Math.fma(half, r, -halfSquare);
    double low4 = first - sum + halfSquare;
    double inner = Math.fma(r, LOGARITHM[6], LOGARITHM[5]);
    inner = Math.fma(halfSquare, inner, Math.fma(r, LOGARITHM[4], LOGARITHM[3]));
    inner = Math.fma(halfSquare, inner, Math.fma(r, LOGARITHM[2], LOGARITHM[1]));
    double low = Math.fma(halfCube, inner, low1 + low2 + low3 + low4);
    double log = sum + low;
    double logTail = sum - log + low;

    double product = exponent * log;
    double productTail = Math.fma(exponent, logTail, Math.fma(exponent, log, -product));
    if (Math.abs(product) < TINY) {
      return 1 + product;
    }
    return Math.abs(product) < LARGE ? exponential(product, productTail) : nearest(base, exponent);
  }

  private static double exponential(double x, double tail) {
    double shifted = Math.fma(STEPS_PER_LN2, x, ROUNDER);
    double steps = shifted - ROUNDER;
    double r = Math.fma(steps, STEP_LOW, Math.fma(steps, STEP_HIGH, x)) + tail;
    long step = (long) steps;
    int i = (int) step & (TABLE_SIZE - 1);
    double scale = Math.scalb(ROOT[i], (int) (step >> TABLE_BITS));
    double square = r * r;
    double small = Math.fma(square, Math.fma(r, EXPONENTIAL[1], EXPONENTIAL[0]), ROOT_TAIL[i] + r);
    small = Math.fma(square * square, Math.fma(r, EXPONENTIAL[3], EXPONENTIAL[2]), small);
    return Math.fma(scale, small, scale);
  }

  private static double nearest(double base, int exponent) {
    if (Math.abs((double) exponent) > LARGE) {
      return StrictMath.pow(base, exponent);
    }
    BigDecimal exact = new BigDecimal(base).pow(Math.abs(exponent));
    MathContext digits = new MathContext(60, RoundingMode.HALF_EVEN);
    return exponent < 0 ? BigDecimal.ONE.divide(exact, digits).doubleValue() : exact.doubleValue();
  }
}
