package io.amalgam.policy.mixture;

import java.util.Optional;

/**
 * When a sequence changes from mixing to ordinary tokens.
 *
 * @param marker what ends the mixture phase; empty: the sequence is discrete from the start
 * @param longestMixture after so many mixture positions the marker is forced; 0: never
 * @param forcedIds the marker as ids, fed one-hot when forced; may be empty when nothing is forced
 */
public record PhasePolicy(Optional<EndMarker> marker, int longestMixture, int[] forcedIds) {
  /** Checks that what is to be forced is known. */
  public PhasePolicy {
    if (longestMixture < 0) {
      throw new IllegalArgumentException(
          "the longest mixture is " + longestMixture + ", must be 0 (no limit) or more");
    }
    if (longestMixture > 0 && forcedIds.length == 0) {
      throw new IllegalArgumentException("a longest mixture needs the ids of the end marker");
    }
    forcedIds = forcedIds.clone();
  }

  /** Ordinary tokens from the start. */
  public static PhasePolicy discreteOnly() {
    return new PhasePolicy(Optional.empty(), 0, new int[0]);
  }

  /** Mixtures until the marker, however long that takes. */
  public static PhasePolicy until(EndMarker marker) {
    return new PhasePolicy(Optional.of(marker), 0, new int[0]);
  }

  /** Mixtures until the marker, forced after {@code longest} positions. */
  public static PhasePolicy until(EndMarker marker, int longest, int... forcedIds) {
    return new PhasePolicy(Optional.of(marker), longest, forcedIds);
  }

  /** The phase of a new sequence. */
  public PhaseTracker start() {
    return new PhaseTracker(this);
  }
}
