package io.amalgam.policy.train.loss;

import java.util.OptionalDouble;

/**
 * How the loss is weighted by ρ = exp(log π_old − log π_behaviour), the distance of the proximal
 * policy from the one that sampled; no gradient flows through ρ.
 *
 * <p>A term whose behaviour log-prob is NaN counts as equal to the proximal one.
 *
 * @param mode what one ρ covers and what happens outside the bounds
 * @param min lower bound; empty: none
 * @param max upper bound; empty: none
 */
public record BehaviourCorrection(Mode mode, OptionalDouble min, OptionalDouble max) {
  /** What one ρ covers and what happens outside the bounds. */
  public enum Mode {
    /** No correction. */
    NONE(false, false),
    /** One ρ per term (or position), clamped to the bounds: truncated importance sampling. */
    TOKEN_TRUNCATE(false, false),
    /** One ρ per term (or position), 0 outside the bounds (IcePop). */
    TOKEN_MASK(false, true),
    /** One ρ per sequence, the product over its terms, clamped to the bounds. */
    SEQUENCE_TRUNCATE(true, false),
    /** One ρ per sequence, the product over its terms, 0 outside the bounds. */
    SEQUENCE_MASK(true, true);

    private final boolean sequence;
    private final boolean masks;

    Mode(boolean sequence, boolean masks) {
      this.sequence = sequence;
      this.masks = masks;
    }
  }

  /** The correction switched off. */
  public static final BehaviourCorrection NONE =
      new BehaviourCorrection(Mode.NONE, OptionalDouble.empty(), OptionalDouble.empty());

  /** Checks that the bounds are in order. */
  public BehaviourCorrection {
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      throw new IllegalArgumentException(
          "correction-min " + min.getAsDouble() + " is above correction-max " + max.getAsDouble());
    }
  }

  /** Truncated importance weights per term, at most {@code cap}: the default of stale runs. */
  public static BehaviourCorrection truncatedTokens(double cap) {
    return new BehaviourCorrection(
        Mode.TOKEN_TRUNCATE, OptionalDouble.empty(), OptionalDouble.of(cap));
  }

  /** Whether the correction does anything. */
  public boolean on() {
    return mode != Mode.NONE;
  }

  /** Whether one ρ covers a sequence. */
  public boolean perSequence() {
    return mode.sequence;
  }

  /** ρ for a log-ratio, after the bounds. */
  public double weight(double logRatio) {
    double rho = Math.exp(Ratios.bounded(logRatio));
    boolean low = min.isPresent() && rho < min.getAsDouble();
    boolean high = max.isPresent() && rho > max.getAsDouble();
    if (mode.masks) {
      return low || high ? 0 : rho;
    }
    return low ? min.getAsDouble() : high ? max.getAsDouble() : rho;
  }
}
