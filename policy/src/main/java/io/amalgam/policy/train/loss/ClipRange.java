package io.amalgam.policy.train.loss;

import java.util.OptionalDouble;

/**
 * The trust region of a ratio.
 *
 * @param low ε: the ratio is clipped below at 1 − ε
 * @param high ε_high: and above at 1 + ε_high
 * @param delta largest ratio of the unclipped branch (two-sided clip, INTELLECT-2, arXiv
 *     2505.07291), which bounds the loss of a bad action that became likely; empty: no bound
 */
public record ClipRange(double low, double high, OptionalDouble delta) {
  /** ε = 0.2, ε_high = 0.28 (clip-higher), no delta. */
  public static final ClipRange HIGHER = new ClipRange(0.2, 0.28, OptionalDouble.empty());

  /** Checks the ranges. */
  public ClipRange {
    if (!(low >= 0) || !(high >= 0)) {
      throw new IllegalArgumentException(
          "clip-low and clip-high must be at least 0, not " + low + " and " + high);
    }
  }

  /** The ratio of the unclipped branch. */
  double capped(double ratio) {
    return delta.isPresent() ? Math.min(ratio, delta.getAsDouble()) : ratio;
  }

  /** −min(r'·A, clip(r)·A). */
  double value(double ratio, double advantage) {
    return -Math.min(capped(ratio) * advantage, clipped(ratio) * advantage);
  }

  /** d value / d ratio; where both branches are equal, the mean of their slopes. */
  double slope(double ratio, double advantage) {
    double open = capped(ratio) * advantage;
    double closed = clipped(ratio) * advantage;
    double openSlope = delta.isEmpty() || ratio <= delta.getAsDouble() ? -advantage : 0;
    double closedSlope = ratio >= 1 - low && ratio <= 1 + high ? -advantage : 0;
    if (open == closed) {
      return (openSlope + closedSlope) / 2;
    }
    return open < closed ? openSlope : closedSlope;
  }

  /** Whether the ratio is above δ. */
  boolean beyondDelta(double ratio) {
    return delta.isPresent() && ratio > delta.getAsDouble();
  }

  /** Whether the clip acts at the lower end. */
  boolean actsLow(double ratio, double advantage) {
    return capped(ratio) < 1 - low && advantage < 0;
  }

  /** Whether the clip acts at the upper end. */
  boolean actsHigh(double ratio, double advantage) {
    return capped(ratio) > 1 + high && advantage > 0;
  }

  private double clipped(double ratio) {
    return Math.max(1 - low, Math.min(1 + high, ratio));
  }
}
