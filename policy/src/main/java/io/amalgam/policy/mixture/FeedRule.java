package io.amalgam.policy.mixture;

/**
 * How a mixture of ids and weights becomes the vector that is fed. E is the embedding.
 *
 * <p>Prompts, discrete positions, forced and closing markers, and mixtures of a single slot are fed
 * as the embedding of their token whatever the rule.
 *
 * <p>A blend that is gated by learned parameters (HRPO, arXiv 2505.18454) would be a further rule
 * here: x = a ⊙ E[s] + √(1 − a²) ⊙ (i ⊙ h), with gates a, i of the token's embedding and h the
 * normalised average embedding. It changes the model: its gates are weights that must be made,
 * trained, published and exported, and so it also needs an entry in {@code model}'s parameter
 * layout and a branch in the kernels' {@code mixture} and {@code mixture_backward}.
 */
public sealed interface FeedRule {
  /** Σ_j w_j E[s_j]. */
  FeedRule SUM = new Sum();

  /** In each dimension the largest of the E[s_j]. */
  FeedRule MAXIMUM = new Maximum();

  /** Σ_j w_j E[s_j]. */
  record Sum() implements FeedRule {}

  /** In each dimension the largest of the E[s_j] whose weight is above 0. */
  record Maximum() implements FeedRule {}

  /**
   * Σ_j w_j E[s_j] + σ ε, ε standard normal. The noise is not stored but made again from the
   * position's key, see {@link FeedNoise}; the absolute σ is stored with each position, because it
   * belongs to the embedding of the model that sampled.
   *
   * @param relative σ relative to the root mean square of the embedding's entries
   * @param scaleIndex which auxiliary value of a position is the absolute σ
   */
  record Noised(double relative, int scaleIndex) implements FeedRule {}
}
