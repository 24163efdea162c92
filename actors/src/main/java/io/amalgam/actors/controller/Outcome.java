package io.amalgam.actors.controller;

import java.util.Locale;

/** What became of one attempt at a group. */
public enum Outcome {
  /** Its gradient is in the weights. */
  TRAINED,
  /** It was in a batch, but all its rewards were equal: no gradient. */
  ZERO_VARIANCE,
  /** It became older than the staleness bound; the group is started again. */
  STALE,
  /** It was given up for good. */
  FAILED,
  /** Its generator was lost, its lease ran out, or too few members had a score; started again. */
  REQUEUED;

  /** The name used in the ledger's output, for example {@code zero_variance}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the group as a whole is over with this outcome of its attempt. */
  public boolean endsGroup() {
    return this == TRAINED || this == ZERO_VARIANCE || this == FAILED;
  }
}
