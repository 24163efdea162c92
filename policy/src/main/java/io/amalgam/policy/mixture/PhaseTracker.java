package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;
import java.util.Optional;
import java.util.OptionalInt;

/** The phase of one sequence as it grows. Mutable, one per sequence. */
public final class PhaseTracker {
  private final PhasePolicy policy;
  private final Optional<StopMatcher> matcher;
  private Phase phase;
  private int mixtureLength;
  private int forced;
  private boolean forcing;
  private ClosedBy closedBy = ClosedBy.LENGTH;

  PhaseTracker(PhasePolicy policy) {
    this.policy = policy;
    this.matcher = policy.marker().map(EndMarker::matcher);
    this.phase = matcher.isPresent() ? Phase.MIXTURE : Phase.DISCRETE;
  }

  /** The phase of the next position. */
  public Phase phase() {
    return phase;
  }

  /** The id that must be fed at the next position instead of a sample. */
  public OptionalInt forced() {
    return forcing ? OptionalInt.of(policy.forcedIds()[forced]) : OptionalInt.empty();
  }

  /**
   * Takes the token recorded at the next position; true when it completes the marker by the
   * policy's own choice, so that it is to be fed one-hot.
   */
  public boolean observe(int representative) {
    if (forcing) {
      forced++;
      forcing = forced < policy.forcedIds().length;
      return false;
    }
    if (phase == Phase.DISCRETE) {
      return false;
    }
    mixtureLength++;
    if (matcher.isPresent() && matcher.get().accept(representative)) {
      phase = Phase.DISCRETE;
      closedBy = ClosedBy.MODEL;
      return true;
    }
    if (mixtureLength == policy.longestMixture()) {
      phase = Phase.DISCRETE;
      closedBy = ClosedBy.FORCED;
      forcing = true;
    }
    return false;
  }

  /** How the phase ended; {@link ClosedBy#LENGTH} while it has not. */
  public ClosedBy closedBy() {
    return closedBy;
  }

  /** Number of sampled mixture positions. */
  public int mixtureLength() {
    return mixtureLength;
  }
}
