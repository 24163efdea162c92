package io.amalgam.policy.kernel;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** The features of one row of logits, straight from their definition in double precision. */
record ReferenceFeatures(
    double[] logProbs,
    double[] logRemaining,
    double logBelow,
    double logOddsBelow,
    double entropy) {

  static ReferenceFeatures of(
      double[] logits, double temperature, int[] targets, double threshold) {
    return of(logits, temperature, targets, threshold, 0);
  }

  /** The same of the row without what is less probable than {@code support} and no target. */
  static ReferenceFeatures of(
      double[] logits, double temperature, int[] targets, double threshold, double support) {
    ReferenceFeatures whole = whole(logits, temperature, all(logits.length), 0);
    double[] kept = logits.clone();
    for (int v = 0; v < kept.length; v++) {
      int id = v;
      boolean target = Arrays.stream(targets).anyMatch(t -> t == id);
      if (!target && Math.exp(whole.logProbs[v]) < support) {
        kept[v] = Double.NEGATIVE_INFINITY;
      }
    }
    return whole(kept, temperature, targets, threshold);
  }

  private static int[] all(int n) {
    return IntStream.range(0, n).toArray();
  }

  private static ReferenceFeatures whole(
      double[] logits, double temperature, int[] targets, double threshold) {
    int n = logits.length;
    double max = Double.NEGATIVE_INFINITY;
    for (double z : logits) {
      max = Math.max(max, z / temperature);
    }
    double sum = 0;
    for (double z : logits) {
      sum += Math.exp(z / temperature - max);
    }
    double[] lp = new double[n];
    double entropy = 0;
    for (int v = 0; v < n; v++) {
      lp[v] = logits[v] / temperature - max - Math.log(sum);
      entropy -= lp[v] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(lp[v]) * lp[v];
    }
    double[] chosen = new double[targets.length];
    double[] remaining = new double[targets.length];
    Set<Integer> taken = new HashSet<>();
    for (int j = 0; j < targets.length; j++) {
      chosen[j] = lp[targets[j]];
      double left = 0;
      for (int v = 0; v < n; v++) {
        left += taken.contains(v) ? 0 : Math.exp(lp[v]);
      }
      remaining[j] = j == 0 ? 0 : Math.log(left);
      taken.add(targets[j]);
    }
    double below = 0;
    double odds = 0;
    for (int v = 0; v < n; v++) {
      double p = Math.exp(lp[v]);
      if (v != targets[0] && p < threshold) {
        below += p;
        odds += p / (1 - p);
      }
    }
    return new ReferenceFeatures(chosen, remaining, Math.log(below), Math.log(odds), entropy);
  }

  /** [log-probabilities, remaining, below, odds, entropy] as the kernels lay them out. */
  double[] row() {
    int k = logProbs.length;
    double[] out = new double[2 * k + 3];
    System.arraycopy(logProbs, 0, out, 0, k);
    System.arraycopy(logRemaining, 0, out, k, k);
    out[2 * k] = logBelow;
    out[2 * k + 1] = logOddsBelow;
    out[2 * k + 2] = entropy;
    return out;
  }
}
