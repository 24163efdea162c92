package io.amalgam.policy.rollout;

import io.amalgam.policy.mixture.PhaseState;

/**
 * A member of a group in the middle of its generation, with all that another decoder needs to go on
 * with it as if nothing had happened: what it fed so far (ids, weights, auxiliary values, flags),
 * where it stands in its phases, and its limit. Noise is not among it, being a function of the
 * seed, the key and the position; nor are keys and values, which are computed again.
 *
 * @param soFar what it has sampled, possibly nothing (length 0); {@link Trajectory#finish()} says
 *     nothing here
 * @param limit most positions it may generate, those so far included
 * @param phase where it stands in its phases
 */
public record UnfinishedSequence(Trajectory soFar, int limit, PhaseState phase) {
  /** Checks the limit. */
  public UnfinishedSequence {
    if (limit <= soFar.length()) {
      throw new IllegalArgumentException(
          "a sequence of "
              + soFar.length()
              + " positions with a limit of "
              + limit
              + " is not unfinished");
    }
  }

  /** Whose it is. */
  public TrajectoryKey key() {
    return soFar.key();
  }

  /** Positions that its input takes until it reaches its limit, the prompt included. */
  public int positions() {
    return soFar.promptIds().length + limit - 1;
  }
}
