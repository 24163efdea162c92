package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;

/**
 * Where a sequence stands in the phases of a {@link PhasePolicy}: what {@link PhaseTracker} knows
 * beyond the policy, so that another decoder can go on with the sequence.
 *
 * @param stage 0 mixing, 1 locked, 2 forcing, 3 closed
 * @param thinking thinking positions so far
 * @param mixtureLength positions sampled as mixtures so far
 * @param matched how much of the end marker the tokens so far end with
 * @param forcedIds what is being fed by force; empty when nothing is
 * @param forced how many of them have been fed
 * @param counts progress of each {@link StateRule}, in the policy's order
 * @param closedBy how the phase ended; {@link ClosedBy#LENGTH} while it has not
 */
public record PhaseState(
    int stage,
    int thinking,
    int mixtureLength,
    int matched,
    int[] forcedIds,
    int forced,
    int[] counts,
    ClosedBy closedBy) {
  /** Checks what does not depend on the policy. */
  public PhaseState {
    boolean forcing = stage == 2;
    if (stage < 0
        || stage > 3
        || thinking < 0
        || mixtureLength < 0
        || matched < 0
        || forced < 0
        || (forcing ? forced >= forcedIds.length : forced > forcedIds.length)) {
      throw new IllegalArgumentException(
          "no phase is in stage "
              + stage
              + " after "
              + thinking
              + " thinking positions with "
              + forced
              + " of "
              + forcedIds.length
              + " ids forced");
    }
    forcedIds = forcedIds.clone();
    counts = counts.clone();
  }
}
