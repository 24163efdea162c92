package io.amalgam.policy.train;

import io.amalgam.policy.rollout.Trajectory;

/**
 * A trajectory to learn from.
 *
 * @param trajectory what was sampled
 * @param advantage its advantage, the same for all its positions
 */
public record ReplaySample(Trajectory trajectory, double advantage) {
  /** Checks that the advantage is finite. */
  public ReplaySample {
    if (!Double.isFinite(advantage)) {
      throw new IllegalArgumentException(
          "the advantage of " + trajectory.key() + " is " + advantage);
    }
  }
}
