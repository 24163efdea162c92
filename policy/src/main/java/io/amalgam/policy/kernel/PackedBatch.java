package io.amalgam.policy.kernel;

/**
 * Sequences laid end to end without padding, and the positions whose logits are scored.
 *
 * @param lengths length of each sequence, N = Σ lengths; positions restart at 0 in each
 * @param k ids per input mixture
 * @param ids [N, k]
 * @param weights [N, k] mixture weights, constants for the gradient
 * @param featurePositions [M] flat index in 0 … N−1 of the input position whose logits are scored
 * @param slots target ids per scored position
 * @param targetIds [M, slots]
 * @param thresholds [M] probability below which a token counts into {@link FeatureBatch#logBelow};
 *     0 leaves the set empty
 * @param supports [M] probability below which a token that is no target could not be sampled; 0:
 *     all could
 * @param temperature logits are divided by this, above 0
 * @param recompute whether to keep only each layer's input and compute the layer again in the
 *     backward pass: about 1.25 times the time for a quarter of the memory
 * @param maximum whether a mixture is fed as the maximum of its embeddings in each dimension, whose
 *     gradient goes to the first id that has it, not as their weighted sum
 * @param noise [N, hidden] what is added to the fed vectors, constants for the gradient; empty:
 *     nothing
 * @param apart per sequence, so many first positions are summed apart from the others in attention,
 *     as decoding did where a prompt was shared; multiples of {@link KvCache#STRIDE}
 */
public record PackedBatch(
    int[] lengths,
    int k,
    int[] ids,
    float[] weights,
    int[] featurePositions,
    int slots,
    int[] targetIds,
    float[] thresholds,
    float[] supports,
    float temperature,
    boolean recompute,
    boolean maximum,
    float[] noise,
    int[] apart) {
  /** Weighted sums without noise. */
  public PackedBatch(
      int[] lengths,
      int k,
      int[] ids,
      float[] weights,
      int[] featurePositions,
      int slots,
      int[] targetIds,
      float[] thresholds,
      float[] supports,
      float temperature,
      boolean recompute) {
    this(
        lengths,
        k,
        ids,
        weights,
        featurePositions,
        slots,
        targetIds,
        thresholds,
        supports,
        temperature,
        recompute,
        false,
        new float[0],
        new int[lengths.length]);
  }

  /** Checks that the arrays agree. */
  public PackedBatch {
    int tokens = 0;
    for (int length : lengths) {
      if (length < 1) {
        throw new IllegalArgumentException("a packed sequence is empty");
      }
      tokens += length;
    }
    int scored = featurePositions.length;
    if (scored == 0) {
      throw new IllegalArgumentException("a packed batch scores no position");
    }
    if (tokens == 0
        || k < 1
        || slots < 1
        || ids.length != tokens * k
        || weights.length != tokens * k
        || targetIds.length != scored * slots
        || thresholds.length != scored
        || supports.length != scored
        || noise.length % tokens != 0
        || apart.length != lengths.length) {
      throw new IllegalArgumentException("the arrays of a packed batch do not fit its lengths");
    }
    for (int p : featurePositions) {
      if (p < 0 || p >= tokens) {
        throw new IllegalArgumentException("feature position " + p + " is outside the batch");
      }
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", must be above 0");
    }
  }

  /** N, the number of input positions. */
  public int tokens() {
    return ids.length / k;
  }

  /** M, the number of scored positions. */
  public int scored() {
    return featurePositions.length;
  }

  /** Numbers of a position's {@link #feed}: k, and the hidden size if there is noise. */
  int feedWidth() {
    return k + noise.length / tokens();
  }

  /** [N, {@link #feedWidth}] the weights of each position, and behind them its noise. */
  float[] feed() {
    if (noise.length == 0) {
      return weights;
    }
    int width = feedWidth();
    int hidden = width - k;
    float[] out = new float[tokens() * width];
    for (int t = 0; t < tokens(); t++) {
      System.arraycopy(weights, t * k, out, t * width, k);
      System.arraycopy(noise, t * hidden, out, t * width + k, hidden);
    }
    return out;
  }
}
