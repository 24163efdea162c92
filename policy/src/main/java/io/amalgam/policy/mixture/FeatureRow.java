package io.amalgam.policy.mixture;

/**
 * The functions of one row of logits that likelihoods are made of, in double precision, nats.
 *
 * @param logProbs [k] log p(s_j) of the stored ids
 * @param logRemaining [k] log of the probability mass outside s_0 … s_{j−1}
 * @param logBelow log Σ p_v over C = {v ≠ s_0 : p_v &lt; threshold}; −∞ when C is empty
 * @param logOddsBelow log Σ p_v/(1−p_v) over C
 */
public record FeatureRow(
    double[] logProbs, double[] logRemaining, double logBelow, double logOddsBelow) {}
