package io.amalgam.policy.weights;

import java.util.Optional;

/** The weights of one receiver and how updates change them. Mutable, for one thread. */
public final class WeightFollower {
  private Optional<PublishedWeights> current;

  /** A receiver without weights: it needs an anchor. */
  public WeightFollower() {
    this.current = Optional.empty();
  }

  /** A receiver that starts with weights it read elsewhere. */
  public WeightFollower(PublishedWeights start) {
    this.current = Optional.of(start);
  }

  /** What it has. */
  public Optional<PublishedWeights> current() {
    return current;
  }

  /** The version it has. */
  public Optional<WeightVersion> version() {
    return current.map(PublishedWeights::version);
  }

  /** Applies an update if it fits; otherwise nothing changes. */
  public DeltaOutcome offer(EncodedWeights update) {
    DeltaOutcome outcome = DeltaCodec.apply(current, update);
    if (outcome instanceof DeltaOutcome.Applied applied) {
      current = Optional.of(applied.weights());
    }
    return outcome;
  }
}
