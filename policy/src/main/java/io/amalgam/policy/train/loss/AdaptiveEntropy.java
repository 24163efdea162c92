package io.amalgam.policy.train.loss;

/**
 * An entropy bonus whose weight follows the entropy (Skywork-OR1, arXiv 2505.22312): after a step
 * whose entropy was below the target the weight rises by {@code step}, after one above it falls; it
 * stays in [0, largest], and the bonus is applied only while the entropy is at or below the target.
 *
 * <p>The entropy is the mean over the positions that were replayed. The first step has seen none
 * yet and has no bonus.
 *
 * @param target entropy to keep, nats
 * @param step change of the weight per optimiser step
 * @param largest largest weight
 * @param initial weight to begin with
 */
public record AdaptiveEntropy(double target, double step, double largest, double initial) {
  /** Checks the ranges. */
  public AdaptiveEntropy {
    if (!(target >= 0) || !(step >= 0) || !(largest >= 0)) {
      throw new IllegalArgumentException("target, step and largest must be at least 0");
    }
    if (!(initial >= 0 && initial <= largest)) {
      throw new IllegalArgumentException(
          "the entropy weight to begin with must be from 0 to " + largest + ", not " + initial);
    }
  }

  /**
   * What is carried from step to step, and kept in a checkpoint.
   *
   * @param weight present weight
   * @param entropy mean entropy of the last step, nats; infinite before the first
   */
  public record State(double weight, double entropy) {}

  /** The state before the first step. */
  public State start() {
    return new State(initial, Double.POSITIVE_INFINITY);
  }

  /** The weight of the bonus in the next step. */
  public double applied(State state) {
    return state.entropy() <= target ? state.weight() : 0;
  }

  /** The state after a step with that mean entropy. */
  public State after(State state, double entropy) {
    double change = entropy < target ? step : entropy > target ? -step : 0;
    return new State(Math.max(0, Math.min(largest, state.weight() + change)), entropy);
  }
}
