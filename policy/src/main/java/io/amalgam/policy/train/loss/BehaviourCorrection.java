package io.amalgam.policy.train.loss;

import java.util.OptionalDouble;

/**
 * How the loss is weighted by ρ = exp(log π_old − log π_behaviour), the distance of the proximal
 * policy from the one that sampled; no gradient flows through ρ.
 *
 * <p>Order: ρ by the mode, then whole sequences are set to 0 by the rejection and the veto, then
 * the weights are normalised. A term whose behaviour log-prob is NaN counts as equal to the
 * proximal one. The rules by name, with usual bounds, are in {@link CorrectionCatalog}.
 *
 * <p>Metrics, when it is on: {@code sampling/sampling_logp_difference/mean} and {@code /max} (|log
 * ρ| over terms), {@code sampling/importance_sampling_ratio/min}, {@code /mean}, {@code /max}
 * (weights over terms, in the sequence modes over sequences), {@code sampling/kept_fraction} (share
 * of the terms with a weight above 0), {@code sampling/bounded_fraction} (share of the weights that
 * a bound changed), {@code sampling/rejected_fraction} and {@code sampling/vetoed_fraction} (of the
 * sequences).
 *
 * @param mode what one ρ covers and what happens outside the bounds
 * @param min lower bound; empty: none
 * @param max upper bound; empty: none
 * @param rejection which sequences are left out
 * @param veto a sequence with any term whose ρ is below this is left out; empty: none
 * @param normalise whether the weights are divided by their mean over the micro-batch. Deviation
 *     from verl: its mean is over the mini-batch, so with several micro-batches numbers differ
 */
public record BehaviourCorrection(
    Mode mode,
    OptionalDouble min,
    OptionalDouble max,
    SequenceRejection rejection,
    OptionalDouble veto,
    boolean normalise) {
  /** What one ρ covers and what happens outside the bounds. */
  public enum Mode {
    /** No weight: ρ is 1 unless the sequence is left out. */
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
      of(Mode.NONE, OptionalDouble.empty(), OptionalDouble.empty());

  /** Checks that the bounds are in order. */
  public BehaviourCorrection {
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      throw new IllegalArgumentException(
          "correction-min " + min.getAsDouble() + " is above correction-max " + max.getAsDouble());
    }
    if (normalise && mode == Mode.NONE) {
      throw new IllegalArgumentException(
          "without importance weights there is nothing to normalise; choose a correction");
    }
  }

  /** A correction that neither rejects nor normalises. */
  public static BehaviourCorrection of(Mode mode, OptionalDouble min, OptionalDouble max) {
    return new BehaviourCorrection(
        mode, min, max, SequenceRejection.NONE, OptionalDouble.empty(), false);
  }

  /** Truncated importance weights per term, at most {@code cap}: the default of stale runs. */
  public static BehaviourCorrection truncatedTokens(double cap) {
    return of(Mode.TOKEN_TRUNCATE, OptionalDouble.empty(), OptionalDouble.of(cap));
  }

  /** Whether the correction does anything. */
  public boolean on() {
    return mode != Mode.NONE || rejection.on() || veto.isPresent();
  }

  /** Whether one ρ covers a sequence. */
  public boolean perSequence() {
    return mode.sequence;
  }

  /** Whether terms of one sequence may have different weights. */
  public boolean perTerm() {
    return mode != Mode.NONE && !mode.sequence;
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
