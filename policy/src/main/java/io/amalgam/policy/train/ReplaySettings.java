package io.amalgam.policy.train;

/**
 * How a step is cut into micro-batches.
 *
 * @param tokensPerMicroBatch most input positions per forward pass; a longer sequence goes alone
 * @param recompute whether layers are computed again in the backward pass to save memory
 * @param skipZeroAdvantages whether sequences without advantage, which add nothing to a pure policy
 *     term, are left out of the forward pass; they count in every denominator all the same. Has no
 *     effect while the loss has a KL or entropy term
 */
public record ReplaySettings(
    int tokensPerMicroBatch, boolean recompute, boolean skipZeroAdvantages) {
  /** Checks the range. */
  public ReplaySettings {
    if (tokensPerMicroBatch < 1) {
      throw new IllegalArgumentException(
          "tokens per micro-batch is " + tokensPerMicroBatch + ", must be at least 1");
    }
  }

  /** At most 8,192 positions per forward pass, nothing computed twice or in vain. */
  public static ReplaySettings usual() {
    return new ReplaySettings(8192, false, true);
  }
}
