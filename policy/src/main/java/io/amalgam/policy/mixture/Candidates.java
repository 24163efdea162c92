package io.amalgam.policy.mixture;

/**
 * What the decode step found in one row of logits, all under softmax(logits / temperature), in
 * nats.
 *
 * @param drawIds [draws] ids in the order drawn
 * @param drawLogProbs [draws] log p(id)
 * @param drawLogRemaining [draws] log of the probability mass left before draw j when the earlier
 *     draws are removed, by a masked sum: 0 for j = 0 and for draws with replacement
 * @param logBelow log Σ p_v over the ids v ≠ h with p_v &lt; ω/(1−ω)·p_h, h the heavier of the
 *     first two draws; −∞ when the set is empty or no collapse was asked for
 * @param logOddsBelow log Σ p_v/(1−p_v) over the same set
 * @param topIds [top] the most probable ids, most probable first, ties to the lower id
 * @param topLogProbs [top] their log-probabilities
 * @param entropy −Σ p ln p over the whole vocabulary
 */
public record Candidates(
    int[] drawIds,
    float[] drawLogProbs,
    float[] drawLogRemaining,
    float logBelow,
    float logOddsBelow,
    int[] topIds,
    float[] topLogProbs,
    float entropy) {}
