package io.amalgam.policy.train.loss;

/**
 * Counts of everything one optimiser step learns from: the denominators of the reductions.
 *
 * <p>A step's sequences are cut into micro-batches; dividing each by the totals makes the losses
 * and gradients of the micro-batches add up to those of the whole step, however it was cut.
 *
 * @param sequences number of sequences of the step, masked ones included
 * @param positions number of positions of the step that take part in the loss (not slots)
 * @param microBatches number of micro-batches, for the two quantities that are means over a
 *     micro-batch: the {@code bnpo} reduction and the entropy bonus
 */
public record BatchTotals(double sequences, double positions, int microBatches) {
  /** Checks the ranges. */
  public BatchTotals {
    if (!(sequences > 0) || !(positions >= 0) || microBatches < 1) {
      throw new IllegalArgumentException(
          "a step needs at least one sequence and one micro-batch, got "
              + sequences
              + ", "
              + microBatches);
    }
  }

  /** The totals of a step that consists of this one micro-batch. */
  public static BatchTotals of(LossBatch batch) {
    return new BatchTotals(batch.sequences(), batch.maskedInPositions(), 1);
  }
}
