package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * A = (R − group mean) / (std + 1e-4), the deviation taken over all rewards of the batch (Lite PPO,
 * arXiv 2508.08221).
 *
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record BatchStd(double... weights) implements AdvantageEstimator {
  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> totals = RewardMetrics.totals(groups, weights);
    double divisor = Moments.of(RewardMetrics.flatten(totals)).std() + Moments.EPSILON;
    List<double[]> values = new ArrayList<>();
    for (double[] t : totals) {
      Moments m = Moments.of(t);
      double[] a = new double[t.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = m.centre(t[i]) / divisor;
      }
      values.add(a);
    }
    return RewardMetrics.report(groups, totals, values);
  }
}
