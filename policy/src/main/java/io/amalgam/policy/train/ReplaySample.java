package io.amalgam.policy.train;

import io.amalgam.policy.rollout.Trajectory;

/**
 * A trajectory to learn from.
 *
 * @param trajectory what was sampled
 * @param advantage its advantage, the same for all its positions
 * @param masked whether none of its positions takes part in the loss (overlong filter of DAPO,
 *     arXiv 2503.14476); it still counts as a sequence, but not in the counts of positions
 */
public record ReplaySample(Trajectory trajectory, double advantage, boolean masked) {
  /** Checks that the advantage is finite. */
  public ReplaySample {
    if (!Double.isFinite(advantage)) {
      throw new IllegalArgumentException(
          "the advantage of " + trajectory.key() + " is " + advantage);
    }
  }

  /** A trajectory that takes part. */
  public ReplaySample(Trajectory trajectory, double advantage) {
    this(trajectory, advantage, false);
  }
}
