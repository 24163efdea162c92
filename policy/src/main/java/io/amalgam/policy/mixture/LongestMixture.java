package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;

/**
 * Ends the phase after a number of thinking positions; the marker is forced from the next one on. A
 * marker that the policy has begun under {@link PhasePolicy#lockOnFirst()} may be finished first.
 *
 * @param positions at least 1
 */
public record LongestMixture(int positions) implements StopRule {
  /** Checks the range. */
  public LongestMixture {
    if (positions < 1) {
      throw new IllegalArgumentException(
          "the longest mixture is " + positions + ", must be at least 1");
    }
  }

  @Override
  public ClosedBy closes() {
    return ClosedBy.FORCED;
  }
}
