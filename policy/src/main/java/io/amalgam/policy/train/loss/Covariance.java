package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The covariance of advantage and log-prob, term by term: (A − mean A)·(log π − mean log π), the
 * means over the terms of the micro-batch that take part (arXiv 2505.22617). Terms where it is
 * large are the ones that make the entropy fall. Passes no gradient.
 */
final class Covariance {
  private final double[] values;
  private final boolean[] active;
  private final int count;

  Covariance(LossFrame frame) {
    values = new double[frame.batch().terms()];
    active = new boolean[values.length];
    Summary advantage = new Summary();
    Summary logProb = new Summary();
    for (int q = 0; q < values.length; q++) {
      active[q] = frame.active(q);
      if (active[q]) {
        advantage.add(frame.advantage(q));
        logProb.add(frame.batch().newLogProbs()[q]);
      }
    }
    count = advantage.count();
    for (int q = 0; q < values.length; q++) {
      values[q] =
          (frame.advantage(q) - advantage.mean())
              * (frame.batch().newLogProbs()[q] - logProb.mean());
    }
  }

  /** The covariance of a term. */
  double of(int term) {
    return values[term];
  }

  /**
   * The terms with the largest covariance among those that are eligible.
   *
   * @param share share of all terms that take part; at least one term, unless it is 0
   */
  boolean[] largest(double share, IntPredicate eligible) {
    Integer[] falling = new Integer[values.length];
    int n = 0;
    for (int q = 0; q < values.length; q++) {
      if (active[q] && eligible.test(q)) {
        falling[n++] = q;
      }
    }
    Arrays.sort(falling, 0, n, (x, y) -> Double.compare(values[y], values[x]));
    int most = share == 0 ? 0 : Math.max(1, (int) (share * count));
    boolean[] out = new boolean[values.length];
    for (int i = 0; i < Math.min(n, most); i++) {
      out[falling[i]] = true;
    }
    return out;
  }
}
