package io.amalgam.policy.mixture;

/** What a log-prob term of a mixture action means. */
public enum LikelihoodKind {
  /** The log-density of the action: ratios have expectation 1 and may correct staleness. */
  EXACT,
  /** A stand-in: its ratio is no importance ratio, and off-policy correction by it is wrong. */
  SURROGATE,
  /** Mixture positions have no likelihood and are left out of the loss. */
  NONE
}
