package io.amalgam.policy.kernel;

import io.amalgam.policy.mixture.CandidateRequest;
import java.util.Arrays;

/**
 * The input of one decode step for the first rows of a cache's buckets, each at its own position.
 *
 * @param rows number of rows B
 * @param k ids per input mixture
 * @param ids [B, k] ids of the mixture fed to each row; unused slots carry weight 0
 * @param weights [B, k] their weights
 * @param positions [B] the position at which each row's input is written (0-based)
 * @param temperature the logits are divided by this before everything else, above 0
 * @param request what to find out about each row of logits
 * @param uniforms [B, draws] in (0, 1), one per draw
 * @param maximum whether a mixture is fed as the maximum of its embeddings in each dimension, not
 *     as their weighted sum
 * @param noise what is added to the fed vectors
 * @param bucketRows how many of the rows are in bucket 0, 1, …, in this order; their sum is B
 * @param seen the ids under a repetition penalty
 */
public record StepInput(
    int rows,
    int k,
    int[] ids,
    float[] weights,
    int[] positions,
    float temperature,
    CandidateRequest request,
    double[] uniforms,
    boolean maximum,
    StepNoise noise,
    int[] bucketRows,
    SeenIds seen) {
  /** Weighted sums without noise, all rows in bucket 0, no penalty. */
  public StepInput(
      int rows,
      int k,
      int[] ids,
      float[] weights,
      int[] positions,
      float temperature,
      CandidateRequest request,
      double[] uniforms) {
    this(
        rows,
        k,
        ids,
        weights,
        positions,
        temperature,
        request,
        uniforms,
        false,
        StepNoise.NONE,
        new int[] {rows},
        SeenIds.NONE);
  }

  /** Checks that the arrays agree. */
  public StepInput {
    if (rows < 1
        || k < 1
        || ids.length != rows * k
        || weights.length != rows * k
        || positions.length != rows
        || uniforms.length != rows * request.draws()
        || Arrays.stream(bucketRows).sum() != rows
        || seen.on() && seen.ids().length != rows) {
      throw new IllegalArgumentException("the arrays of a decode step do not fit its rows");
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", must be above 0");
    }
  }
}
