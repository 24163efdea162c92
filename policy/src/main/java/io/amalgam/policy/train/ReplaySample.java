package io.amalgam.policy.train;

import io.amalgam.policy.rollout.Trajectory;
import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * Trajectories with their advantages, all taking part.
   *
   * @param advantages [trajectories]
   */
  public static List<ReplaySample> of(List<Trajectory> trajectories, double[] advantages) {
    if (trajectories.size() != advantages.length) {
      throw new IllegalArgumentException(
          trajectories.size() + " trajectories, but " + advantages.length + " advantages");
    }
    return IntStream.range(0, advantages.length)
        .mapToObj(i -> new ReplaySample(trajectories.get(i), advantages[i]))
        .toList();
  }
}
