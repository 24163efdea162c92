package io.amalgam.policy.kernel;

import io.amalgam.policy.mixture.CandidateRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The input of one decode step for rows of a cache, each at its own position.
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
 * @param runs where the rows are, in this order; B in all
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
    List<CacheRun> runs,
    SeenIds seen) {
  /** Weighted sums without noise, the first rows of bucket 0, no penalty. */
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
        List.of(CacheRun.whole(0, 0, rows)),
        SeenIds.NONE);
  }

  /** Checks that the arrays agree. */
  public StepInput {
    runs = List.copyOf(runs);
    if (rows < 1
        || k < 1
        || ids.length != rows * k
        || weights.length != rows * k
        || positions.length != rows
        || uniforms.length != rows * request.draws()
        || runs.stream().mapToInt(CacheRun::rows).sum() != rows
        || seen.on() && seen.ids().length != rows) {
      throw new IllegalArgumentException("the arrays of a decode step do not fit its rows");
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", must be above 0");
    }
  }

  /** Rows {@code from} … {@code to}−1 alone. */
  StepInput part(int from, int to) {
    int draws = request.draws();
    List<CacheRun> some = new ArrayList<>();
    int at = 0;
    for (CacheRun run : runs) {
      int a = Math.max(from, at) - at;
      int b = Math.min(to, at + run.rows()) - at;
      if (a < b) {
        some.add(run.part(a, b));
      }
      at += run.rows();
    }
    return new StepInput(
        to - from,
        k,
        Arrays.copyOfRange(ids, from * k, to * k),
        Arrays.copyOfRange(weights, from * k, to * k),
        Arrays.copyOfRange(positions, from, to),
        temperature,
        request,
        Arrays.copyOfRange(uniforms, from * draws, to * draws),
        maximum,
        noise.part(from, to, rows),
        some,
        seen.part(from, to));
  }
}
