package io.amalgam.policy.train.loss;

/**
 * How the values C of the positions become one number. Counts are of positions, never of slots; m
 * is the mask, |o_i| = max(1, Σ_t m_it), totals are {@link BatchTotals}.
 */
public enum Reduction {
  /** Mean over sequences of the mean over positions: Σ_i (Σ_t m·C / |o_i|) / sequences (GRPO). */
  SEQUENCE_MEAN_TOKEN_MEAN,
  /** Mean over all positions of the step: Σ m·C / max(1, positions) (DAPO, arXiv 2503.14476). */
  TOKEN_MEAN,
  /** Mean over the positions of the micro-batch, then over micro-batches (BNPO in TRL). */
  MICRO_BATCH_TOKEN_MEAN,
  /** A constant length L: Σ m·C / (sequences · L) (Dr. GRPO, arXiv 2503.20783). */
  CONSTANT_LENGTH,
  /** Mean over sequences of the sum over positions: Σ m·C / sequences. */
  SEQUENCE_MEAN_TOKEN_SUM
}
