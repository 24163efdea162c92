package io.amalgam.policy.train.loss;

/** What one importance ratio, and so one clip, covers. */
public enum RatioLevel {
  /** Each log-prob term, so each slot of a mixture position; one token where k = 1. */
  TERM,
  /** All terms of a position together, combined by {@link SlotReduce}. */
  POSITION,
  /** The whole sequence: exp of the mean log-ratio over its terms (GSPO, arXiv 2507.18071). */
  SEQUENCE
}
