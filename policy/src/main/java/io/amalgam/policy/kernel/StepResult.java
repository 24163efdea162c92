package io.amalgam.policy.kernel;

import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.mixture.EmbeddingGeometry;
import java.util.Arrays;

/** The candidates of every row of one decode step, on the host. */
public final class StepResult {
  private final int rows;
  private final CandidateRequest request;
  private final float[] table;
  private final StepNoise noise;

  /**
   * @param table [rows, 3·draws + 7 + 2·top]: draw ids, log-probabilities, remaining masses; below,
   *     odds, entropy, support, entropy without filter, most probable id, watched; top ids,
   *     log-probabilities (ids up to 2²⁴ are exact in f32); with noise, products of the top
   *     embeddings with it and with each other follow, [rows, top + top²]
   */
  StepResult(int rows, CandidateRequest request, float[] table, StepNoise noise) {
    this.rows = rows;
    this.request = request;
    this.table = table;
    this.noise = noise;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /**
   * The candidates of row {@code b}.
   *
   * @throws ArithmeticException if the row's logits were not finite
   */
  public Candidates row(int b) {
    int draws = request.draws();
    int top = request.top();
    int width = 3 * draws + 7 + 2 * top + (noise.on() ? top + top * top : 0);
    int at = b * width;
    int after = at + 3 * draws;
    float entropy = table[after + 2];
    int tops = after + 7;
    if (!Float.isFinite(entropy)) {
      throw new ArithmeticException("the logits of row " + b + " are not finite");
    }
    int[] topIds = ids(tops, top);
    float[] topLogProbs = Arrays.copyOfRange(table, tops + top, tops + 2 * top);
    int[] found = topIds.clone();
    orderTies(topIds, topLogProbs);
    return new Candidates(
        ids(at, draws),
        Arrays.copyOfRange(table, at + draws, at + 2 * draws),
        Arrays.copyOfRange(table, at + 2 * draws, at + 3 * draws),
        table[after],
        table[after + 1],
        topIds,
        topLogProbs,
        entropy,
        table[after + 3],
        table[after + 4],
        (int) table[after + 5],
        table[after + 6],
        noise.on() ? geometry(b, tops + 2 * top, found, topIds) : EmbeddingGeometry.NONE);
  }

  private EmbeddingGeometry geometry(int b, int at, int[] found, int[] ordered) {
    int top = found.length;
    int[] place = new int[top];
    for (int i = 0; i < top; i++) {
      while (found[place[i]] != ordered[i]) {
        place[i]++;
      }
    }
    float[] projections = new float[top];
    float[] products = new float[top * top];
    for (int i = 0; i < top; i++) {
      projections[i] = table[at + place[i]];
      for (int j = 0; j < top; j++) {
        products[i * top + j] = table[at + top + place[i] * top + place[j]];
      }
    }
    int hidden = noise.drawn().length / rows;
    double square = 0;
    for (int d = b * hidden; d < (b + 1) * hidden; d++) {
      square += (double) noise.drawn()[d] * noise.drawn()[d];
    }
    return new EmbeddingGeometry(noise.scale(), (float) square, projections, products);
  }

  private int[] ids(int from, int count) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = (int) table[from + i];
    }
    return out;
  }

  /** Puts equal probabilities into the order of their ids, which the selection leaves open. */
  private static void orderTies(int[] ids, float[] logProbs) {
    int start = 0;
    for (int i = 1; i <= ids.length; i++) {
      if (i == ids.length || logProbs[i] != logProbs[start]) {
        if (i - start > 1) {
          Arrays.sort(ids, start, i);
        }
        start = i;
      }
    }
  }
}
