package io.amalgam.policy.train.loss;

/**
 * The log-probs of N whole sequences: everything a {@link PolicyLoss} reads.
 *
 * <p>Ragged and flat. N sequences hold P positions, P positions hold Q log-prob terms; a discrete
 * position has one term, a mixture position has one per slot in use, and a position without a
 * likelihood (a forced marker) has none. Sequence i owns the positions {@code sequenceStarts[i]} to
 * {@code sequenceStarts[i + 1]}, position p the terms {@code termStarts[p]} to {@code termStarts[p
 * + 1]}. All log-probs are in nats. The arrays are shared, not copied; treat them as read-only.
 *
 * @param sequenceStarts [N + 1] first position of each sequence, then P
 * @param termStarts [P + 1] first term of each position, then Q
 * @param advantages [N] advantage of each sequence
 * @param mask [P] whether the position takes part in the loss and in the position counts; one that
 *     does needs at least one term
 * @param newLogProbs [Q] log-probs under the weights being trained: the loss's variable
 * @param oldLogProbs [Q] log-probs under the proximal policy (the weights before this batch's first
 *     step); empty: the new ones without gradient, so every ratio is 1
 * @param behaviourLogProbs [Q] log-probs as recorded by the sampler, NaN where it gave none; empty:
 *     none
 * @param referenceLogProbs [Q] log-probs under the reference policy of the KL term; empty: none
 * @param entropies [P] entropy of the new policy at the position; empty: none
 * @param divergences [P] KL of the new policy from the reference at the position, a variable of the
 *     loss, too; empty: none
 */
public record LossBatch(
    int[] sequenceStarts,
    int[] termStarts,
    double[] advantages,
    boolean[] mask,
    double[] newLogProbs,
    double[] oldLogProbs,
    double[] behaviourLogProbs,
    double[] referenceLogProbs,
    double[] entropies,
    double[] divergences) {

  private static final double[] NONE = {};

  /** Checks that the sizes fit each other. */
  public LossBatch {
    int n = advantages.length;
    int p = mask.length;
    int q = newLogProbs.length;
    requireStarts("sequenceStarts", sequenceStarts, n, p);
    requireStarts("termStarts", termStarts, p, q);
    requireLength("oldLogProbs", oldLogProbs, q);
    requireLength("behaviourLogProbs", behaviourLogProbs, q);
    requireLength("referenceLogProbs", referenceLogProbs, q);
    requireLength("entropies", entropies, p);
    requireLength("divergences", divergences, p);
    for (int i = 0; i < p; i++) {
      if (mask[i] && termStarts[i] == termStarts[i + 1]) {
        throw new IllegalArgumentException("position " + i + " takes part but has no term");
      }
    }
  }

  /** A batch with nothing optional: on-policy, no sampler values, no reference, no entropies. */
  public static LossBatch of(
      int[] sequenceStarts,
      int[] termStarts,
      double[] advantages,
      boolean[] mask,
      double[] newLogProbs) {
    return new LossBatch(
        sequenceStarts, termStarts, advantages, mask, newLogProbs, NONE, NONE, NONE, NONE, NONE);
  }

  /** The same batch with other new log-probs. */
  public LossBatch withNew(double[] values) {
    return new LossBatch(
        sequenceStarts,
        termStarts,
        advantages,
        mask,
        values,
        oldLogProbs,
        behaviourLogProbs,
        referenceLogProbs,
        entropies,
        divergences);
  }

  /** The same batch with proximal log-probs. */
  public LossBatch withOld(double[] values) {
    return new LossBatch(
        sequenceStarts,
        termStarts,
        advantages,
        mask,
        newLogProbs,
        values,
        behaviourLogProbs,
        referenceLogProbs,
        entropies,
        divergences);
  }

  /** The same batch with behaviour log-probs. */
  public LossBatch withBehaviour(double[] values) {
    return new LossBatch(
        sequenceStarts,
        termStarts,
        advantages,
        mask,
        newLogProbs,
        oldLogProbs,
        values,
        referenceLogProbs,
        entropies,
        divergences);
  }

  /** The same batch with reference log-probs. */
  public LossBatch withReference(double[] values) {
    return new LossBatch(
        sequenceStarts,
        termStarts,
        advantages,
        mask,
        newLogProbs,
        oldLogProbs,
        behaviourLogProbs,
        values,
        entropies,
        divergences);
  }

  /** The same batch with entropies. */
  public LossBatch withEntropies(double[] values) {
    return new LossBatch(
        sequenceStarts,
        termStarts,
        advantages,
        mask,
        newLogProbs,
        oldLogProbs,
        behaviourLogProbs,
        referenceLogProbs,
        values,
        divergences);
  }

  /** The same batch with divergences. */
  public LossBatch withDivergences(double[] values) {
    return new LossBatch(
        sequenceStarts,
        termStarts,
        advantages,
        mask,
        newLogProbs,
        oldLogProbs,
        behaviourLogProbs,
        referenceLogProbs,
        entropies,
        values);
  }

  /** Number of sequences, N. */
  public int sequences() {
    return advantages.length;
  }

  /** Number of positions, P, masked ones included. */
  public int positions() {
    return mask.length;
  }

  /** Number of log-prob terms, Q. */
  public int terms() {
    return newLogProbs.length;
  }

  /** Number of positions that take part. */
  public int maskedInPositions() {
    int n = 0;
    for (boolean m : mask) {
      n += m ? 1 : 0;
    }
    return n;
  }

  /** Number of positions of sequence {@code i} that take part. */
  public int maskedInPositions(int i) {
    int n = 0;
    for (int p = sequenceStarts[i]; p < sequenceStarts[i + 1]; p++) {
      n += mask[p] ? 1 : 0;
    }
    return n;
  }

  private static void requireStarts(String name, int[] starts, int count, int end) {
    boolean good = starts.length == count + 1 && starts[0] == 0 && starts[count] == end;
    for (int i = 0; good && i < count; i++) {
      good = starts[i] <= starts[i + 1];
    }
    if (!good) {
      throw new IllegalArgumentException(
          name + " must have " + (count + 1) + " rising entries from 0 to " + end);
    }
  }

  private static void requireLength(String name, double[] values, int length) {
    if (values.length != 0 && values.length != length) {
      throw new IllegalArgumentException(
          name + " must be empty or have " + length + " entries, not " + values.length);
    }
  }
}
