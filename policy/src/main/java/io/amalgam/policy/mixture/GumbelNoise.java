package io.amalgam.policy.mixture;

import io.amalgam.policy.random.KeyedStream;

/** The noise that is added to log-probabilities, in nats. */
enum GumbelNoise {
  /** Standard Gumbel: the largest of log p + noise is a draw from p. */
  FREE(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0),
  /** Standard Gumbel clamped to [−1.5, 3], as SofT-GRPO (arXiv 2511.06411) samples it. */
  CLAMPED(-1.5, 3, 0),
  /** The clamped noise shifted to [0, 4.5], as Latent-GRPO (arXiv 2604.27998) samples it. */
  ONE_SIDED(-1.5, 3, 1.5);

  private final double low;
  private final double high;
  private final double shift;

  GumbelNoise(double low, double high, double shift) {
    this.low = low;
    this.high = high;
    this.shift = shift;
  }

  /** The next number of a stream; takes one uniform. */
  double next(KeyedStream stream) {
    double standard = -StrictMath.log(-StrictMath.log(stream.nextUniform()));
    return Math.min(Math.max(standard, low), high) + shift;
  }

  /** Whether the Gumbel density is the density of what is sampled. */
  boolean exact() {
    return this == FREE;
  }

  /** log-density of the standard Gumbel distribution at {@code d}: −d − e^(−d). */
  static double logDensity(double d) {
    return -d - Math.exp(-d);
  }

  /** Derivative of {@link #logDensity} by the location, which lies below the value by d. */
  static double slope(double d) {
    return 1 - Math.exp(-d);
  }
}
