package io.amalgam.policy.weights;

/** What became of an update that reached a receiver. */
public sealed interface DeltaOutcome {
  /**
   * The update was applied and every checksum holds.
   *
   * @param weights the new weights
   */
  record Applied(PublishedWeights weights) implements DeltaOutcome {}

  /**
   * The receiver already has these weights or newer ones: a duplicate or a late message.
   *
   * @param current what it has
   */
  record Ignored(WeightVersion current) implements DeltaOutcome {}

  /**
   * The update cannot be applied; the receiver keeps what it has and must catch up.
   *
   * @param reason what did not fit
   */
  record NeedsAnchor(String reason) implements DeltaOutcome {}
}
