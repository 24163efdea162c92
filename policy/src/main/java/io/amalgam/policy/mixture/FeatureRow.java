package io.amalgam.policy.mixture;

import io.amalgam.policy.kernel.FeatureBatch;

/**
 * The functions of one row of logits that likelihoods are made of, in double precision, nats.
 *
 * @param logProbs [k] log p(s_j) of the stored ids
 * @param logRemaining [k] log of the probability mass outside s_0 … s_{j−1}
 * @param logBelow log Σ p_v over C = {v ≠ s_0 : p_v &lt; threshold}; −∞ when C is empty
 * @param logOddsBelow log Σ p_v/(1−p_v) over C
 */
public record FeatureRow(
    double[] logProbs, double[] logRemaining, double logBelow, double logOddsBelow) {

  /** Row {@code r} of a batch. */
  public static FeatureRow of(FeatureBatch batch, int r) {
    int k = batch.slots();
    double[] logProbs = new double[k];
    double[] logRemaining = new double[k];
    for (int j = 0; j < k; j++) {
      logProbs[j] = batch.logProbs()[r * k + j];
      logRemaining[j] = batch.logRemaining()[r * k + j];
    }
    return new FeatureRow(logProbs, logRemaining, batch.logBelow()[r], batch.logOddsBelow()[r]);
  }
}
