package io.amalgam.policy.rollout;

/** How the thinking phase of a trajectory ended. */
public enum ClosedBy {
  /** The policy itself wrote the end marker. */
  MODEL,
  /**
   * The end marker was fed by force (longest mixture, Cold Stop); those positions carry no
   * likelihood.
   */
  FORCED,
  /** The length limit or an end token came first: the phase never closed. */
  LENGTH
}
