package io.amalgam.policy.train.advantage;

import java.util.List;

/**
 * A rule that turns the rewards of groups into advantages.
 *
 * <p>Standard deviations divide by n − 1 over scored members; where one divides an advantage, 1e-4
 * is added to it.
 */
public sealed interface AdvantageEstimator
    permits GroupRelative, LeaveOneOut, NormaliseThenSum, PassAtK {

  /** The advantages of all groups of one batch. */
  Advantages estimate(List<RewardGroup> groups);

  /** The advantages [members] of one group with one reward each. */
  default double[] estimate(double... rewards) {
    return estimate(List.of(RewardGroup.of(rewards))).values().get(0);
  }
}
