package io.amalgam.policy.mixture;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The sampling filters of transformers, one after the other, by sorting and in double precision:
 * what the decode step's truncation is compared with.
 *
 * <p>Order: repetition penalty, temperature, top-k, top-p, min-p, softmax. A filter sees what the
 * one before left. Among equal logits the higher id outlives the lower, where a filter cuts between
 * them.
 *
 * @param repetitionPenalty divides positive and multiplies negative logits of earlier ids, once per
 *     distinct id; 1: none
 * @param temperature divides the logits
 * @param topK keeps every token not below the k-th largest, ties included; 0: off
 * @param topP removes from the least probable on while the running sum is at most 1 − p; 1: off
 * @param minP removes tokens below this share of the largest probability; 0: off
 * @param leastKept so many of the most probable survive each filter, at least 1
 */
public record TokenFilters(
    double repetitionPenalty,
    double temperature,
    int topK,
    double topP,
    double minP,
    int leastKept) {

  /**
   * What is left of a row.
   *
   * @param ids surviving ids, rising
   * @param probabilities theirs, renormalised
   */
  public record Kept(int[] ids, double[] probabilities) {}

  /** The filters that a mixture method may have. */
  public static TokenFilters of(CandidateFilter filter, double temperature) {
    return new TokenFilters(1, temperature, filter.topK(), filter.topP(), filter.minP(), 1);
  }

  /** The surviving tokens of a row of logits, in which −∞ is no token. */
  public Kept keep(double[] logits, int... previous) {
    double[] z = logits.clone();
    for (int id : Arrays.stream(previous).distinct().toArray()) {
      z[id] = z[id] > 0 ? z[id] / repetitionPenalty : z[id] * repetitionPenalty;
    }
    for (int v = 0; v < z.length; v++) {
      z[v] /= temperature;
    }
    if (topK > 0) {
      int k = Math.min(Math.max(topK, leastKept), z.length);
      double least = Arrays.stream(z).sorted().toArray()[z.length - k];
      for (int v = 0; v < z.length; v++) {
        z[v] = z[v] < least ? Double.NEGATIVE_INFINITY : z[v];
      }
    }
    if (topP < 1) {
      int[] rising = rising(z);
      double[] p = softmax(z);
      double sum = 0;
      for (int i = 0; i < rising.length - leastKept; i++) {
        sum += p[rising[i]];
        if (sum <= 1 - topP) {
          z[rising[i]] = Double.NEGATIVE_INFINITY;
        }
      }
    }
    if (minP > 0) {
      int[] rising = rising(z);
      double[] p = softmax(z);
      double least = minP * p[rising[rising.length - 1]];
      for (int i = 0; i < rising.length - leastKept; i++) {
        if (p[rising[i]] < least) {
          z[rising[i]] = Double.NEGATIVE_INFINITY;
        }
      }
    }
    int[] ids = IntStream.range(0, z.length).filter(v -> z[v] > Double.NEGATIVE_INFINITY).toArray();
    double[] p = softmax(z);
    return new Kept(ids, Arrays.stream(ids).mapToDouble(v -> p[v]).toArray());
  }

  private static int[] rising(double[] z) {
    return IntStream.range(0, z.length)
        .boxed()
        .sorted(Comparator.comparingDouble(v -> z[v]))
        .mapToInt(v -> v)
        .toArray();
  }

  private static double[] softmax(double[] z) {
    double max = Arrays.stream(z).max().orElseThrow();
    double[] p = Arrays.stream(z).map(x -> Math.exp(x - max)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }
}
