package io.amalgam.policy.random;

/**
 * An unlimited sequence of random numbers that starts afresh for every key and purpose.
 *
 * <p>For algorithms that reject, and so need an unknown number of draws. Not for sharing between
 * threads. Transcendental functions are {@link StrictMath}'s, so that every machine gives the same
 * bits.
 */
public final class KeyedStream {
  private final DrawKey key;
  private final int purpose;
  private int[] words = {};
  private int blocks;
  private boolean second;

  KeyedStream(DrawKey key, int purpose) {
    this.key = key;
    this.purpose = purpose;
  }

  /** The next uniform in (0, 1). */
  public double nextUniform() {
    if (second) {
      second = false;
      return Philox.uniform(words[2], words[3]);
    }
    words = key.block(purpose, blocks++);
    second = true;
    return Philox.uniform(words[0], words[1]);
  }

  /** Fills an array with random bits, from the next block of 128 on. */
  public void nextWords(int[] out) {
    for (int i = 0; i < out.length; i += 4) {
      int[] block = key.block(purpose, blocks++);
      System.arraycopy(block, 0, out, i, Math.min(4, out.length - i));
    }
    second = false;
  }

  /** The next standard normal, by the method of Box and Muller; takes two uniforms. */
  public double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(nextUniform()));
    return radius * StrictMath.cos(2 * Math.PI * nextUniform());
  }

  /**
   * The next standard normals, rounded to f32; both of each pair of Box and Muller are used, so
   * that {@code size} of them take as many uniforms, rounded up to even.
   *
   * @param out receives {@code size} values from {@code at} on
   */
  public void nextNormals(float[] out, int at, int size) {
    for (int i = 0; i < size; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(nextUniform()));
      double angle = 2 * Math.PI * nextUniform();
      out[at + i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < size) {
        out[at + i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
  }

  /**
   * The logarithm of the next Gamma(shape, 1) number. In log space, because a Gamma variable of a
   * shape far below 1 underflows.
   *
   * <p>Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; shapes below 1
   * are raised by 1 and corrected by U^(1/shape).
   *
   * @param shape above 0
   */
  public double nextLogGamma(double shape) {
    if (!(shape > 0)) {
      throw new IllegalArgumentException("the shape of a Gamma variable is above 0, not " + shape);
    }
    if (shape < 1) {
      double raised = nextLogGamma(shape + 1);
      return raised + StrictMath.log(nextUniform()) / shape;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = nextNormal();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double logV = 3 * StrictMath.log(root);
      double v = root * root * root;
      if (StrictMath.log(nextUniform()) < x * x / 2 + d - d * v + d * logV) {
        return StrictMath.log(d) + logV;
      }
    }
  }
}
