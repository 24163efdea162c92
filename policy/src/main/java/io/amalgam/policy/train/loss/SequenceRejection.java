package io.amalgam.policy.train.loss;

/**
 * Which sequences are left out because the policy that sampled them is too far away, whatever the
 * weights of the others are. ρ_t = π_old / π_behaviour of a term; a rejected sequence has ρ = 0.
 *
 * @param measure what is compared
 * @param min smallest value that is kept
 * @param max largest value that is kept
 */
public record SequenceRejection(Measure measure, double min, double max) {
  /** What is compared with the bounds. */
  public enum Measure {
    /** Nothing; every sequence is kept. */
    NONE,
    /**
     * exp of the mean log ρ over the terms: the geometric mean of ρ. Usual bounds .999 to 1.001.
     */
    GEOMETRIC,
    /**
     * Mean over the terms of ρ − 1 − log ρ, which estimates KL(behaviour ‖ old). Usual cap .001.
     */
    K3
  }

  /** Nothing is rejected. */
  public static final SequenceRejection NONE =
      new SequenceRejection(Measure.NONE, 0, Double.POSITIVE_INFINITY);

  /** The bounds of verl's preset for the geometric mean. */
  public static final SequenceRejection GEOMETRIC =
      new SequenceRejection(Measure.GEOMETRIC, 0.999, 1.001);

  /** A mean k3 of at most 0.001 nats. */
  public static final SequenceRejection K3 = new SequenceRejection(Measure.K3, 0, 0.001);

  /** Checks that the bounds are in order. */
  public SequenceRejection {
    if (!(min >= 0) || !(max >= min)) {
      throw new IllegalArgumentException(
          "the bounds of the rejection must be rising and not negative, not " + min + ", " + max);
    }
  }

  /** The measure with its usual bounds. */
  public static SequenceRejection usual(Measure measure) {
    return switch (measure) {
      case NONE -> NONE;
      case GEOMETRIC -> GEOMETRIC;
      case K3 -> K3;
    };
  }

  /** Whether anything can be rejected. */
  public boolean on() {
    return measure != Measure.NONE;
  }

  /**
   * Whether a sequence is left out.
   *
   * @param meanLogRatio mean log ρ over its terms
   * @param meanK3 mean of ρ − 1 − log ρ
   */
  boolean rejects(double meanLogRatio, double meanK3) {
    double value =
        switch (measure) {
          case NONE -> min;
          case GEOMETRIC -> Math.exp(Ratios.bounded(meanLogRatio));
          case K3 -> meanK3;
        };
    return value < min || value > max;
  }
}
