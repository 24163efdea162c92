package io.amalgam.policy.weights;

import java.util.List;

/** What a receiver needs to reach the newest version. */
public sealed interface CatchUp {
  /** The updates to apply, in order; empty when nothing is needed. */
  List<EncodedWeights> updates();

  /** Bytes of all updates. */
  default long bytes() {
    return updates().stream().mapToLong(EncodedWeights::bytes).sum();
  }

  /** It has the newest version. */
  record Nothing() implements CatchUp {
    @Override
    public List<EncodedWeights> updates() {
      return List.of();
    }
  }

  /**
   * Deltas from its version on.
   *
   * @param updates in order
   */
  record Deltas(List<EncodedWeights> updates) implements CatchUp {
    /** Copies the list. */
    public Deltas {
      updates = List.copyOf(updates);
    }
  }

  /**
   * An anchor, then the deltas since.
   *
   * @param updates the anchor first
   */
  record Anchor(List<EncodedWeights> updates) implements CatchUp {
    /** Copies the list. */
    public Anchor {
      updates = List.copyOf(updates);
    }
  }
}
