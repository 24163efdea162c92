package io.amalgam.policy.rollout;

import java.util.Locale;

/** How the thinking phase of a trajectory ended. */
public enum ClosedBy {
  /** The policy itself wrote the end marker, or the marker was its most probable continuation. */
  MODEL,
  /** The longest mixture was reached. */
  FORCED,
  /** The length limit or an end token came first: the phase never closed. */
  LENGTH,
  /** The policy had been certain for a number of positions in a row. */
  COLD_STOP,
  /** The end marker's first token had become probable enough. */
  PROBABILITY;

  /** The name in rows of metrics and in output, for example {@code cold_stop}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
