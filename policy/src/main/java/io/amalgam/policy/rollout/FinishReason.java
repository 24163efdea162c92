package io.amalgam.policy.rollout;

/** Why the generation of a trajectory ended. */
public enum FinishReason {
  /** An end token was sampled. */
  STOP,
  /** The token limit was reached. */
  LENGTH,
  /** The text contained a stop string; the last token completes it. */
  STOP_STRING
}
