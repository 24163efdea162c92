package io.amalgam.policy.mixture;

/**
 * What the decode step found in one row of logits, in nats: under softmax(logits / temperature)
 * restricted to what the filter keeps, unless it says otherwise.
 *
 * @param drawIds [draws] ids in the order drawn
 * @param drawLogProbs [draws] log p(id); −∞ for draws after nothing was left to draw
 * @param drawLogRemaining [draws] log of the probability mass left before draw j when the earlier
 *     draws are removed, by a masked sum: 0 for j = 0 and for draws with replacement
 * @param logBelow log Σ p_v over the ids v ≠ h with p_v &lt; ω/(1−ω)·p_h, h the heavier of the
 *     first two draws; −∞ when the set is empty or no collapse was asked for
 * @param logOddsBelow log Σ p_v/(1−p_v) over the same set
 * @param topIds [top] the most probable ids, most probable first, ties to the lower id; filler
 *     where the vocabulary has fewer
 * @param topLogProbs [top] their log-probabilities; −∞ for those the filter drops and for filler
 * @param entropy −Σ p ln p of the distribution sampled from
 * @param support probability, without the filter, above which tokens are kept; 0: all are
 * @param fullEntropy −Σ p ln p without the filter
 * @param mostProbable the most probable id
 * @param watchedLogProb log p of the watched id without the filter
 * @param geometry how the position's noise and the embeddings of {@code topIds} lie to each other
 */
public record Candidates(
    int[] drawIds,
    float[] drawLogProbs,
    float[] drawLogRemaining,
    float logBelow,
    float logOddsBelow,
    int[] topIds,
    float[] topLogProbs,
    float entropy,
    float support,
    float fullEntropy,
    int mostProbable,
    float watchedLogProb,
    EmbeddingGeometry geometry) {
  /** Without noise. */
  public Candidates(
      int[] drawIds,
      float[] drawLogProbs,
      float[] drawLogRemaining,
      float logBelow,
      float logOddsBelow,
      int[] topIds,
      float[] topLogProbs,
      float entropy,
      float support,
      float fullEntropy,
      int mostProbable,
      float watchedLogProb) {
    this(
        drawIds,
        drawLogProbs,
        drawLogRemaining,
        logBelow,
        logOddsBelow,
        topIds,
        topLogProbs,
        entropy,
        support,
        fullEntropy,
        mostProbable,
        watchedLogProb,
        EmbeddingGeometry.NONE);
  }
}
