package io.amalgam.policy.kernel;

/**
 * Functions of rows of logits from which every mixture likelihood is computed: what the forward
 * pass returns instead of [positions, vocabulary] logits.
 *
 * <p>Row r has {@code slots} target ids s_0 … s_{k−1} and a threshold; p = softmax(logits /
 * temperature), nats.
 *
 * @param rows number of positions
 * @param slots number of target ids per position, k
 * @param logProbs [rows, slots] f32: log p(s_j)
 * @param logRemaining [rows, slots] f32: log Σ_{v ∉ {s_0..s_{j−1}}} p_v by a masked sum; slot 0 is
 *     0
 * @param logBelow [rows] f32: log Σ_{v ∈ C} p_v, C = {v ≠ s_0 : p_v &lt; threshold}; −∞ when C is
 *     empty
 * @param logOddsBelow [rows] f32: log Σ_{v ∈ C} p_v/(1−p_v)
 * @param entropy [rows] f32: −Σ p ln p
 * @param kl [rows] f32: Σ_v p_v (log p_v − log ref_v) against a reference model over all tokens
 *     that could be sampled, both renormalised over these; empty without a reference
 */
public record FeatureBatch(
    int rows,
    int slots,
    float[] logProbs,
    float[] logRemaining,
    float[] logBelow,
    float[] logOddsBelow,
    float[] entropy,
    float[] kl) {}
