package io.amalgam.policy.mixture;

/** What a position of a sequence is: part of the mixture, or an ordinary token. */
public enum Phase {
  /** Thinking: the method mixes tokens. */
  MIXTURE,
  /** The answer: one token, sampled and fed one-hot. */
  DISCRETE
}
