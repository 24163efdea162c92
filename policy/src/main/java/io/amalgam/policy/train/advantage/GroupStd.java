package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * A = (R − mean) / (std + 1e-4) within the group (GRPO, arXiv 2402.03300).
 *
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record GroupStd(double... weights) implements AdvantageEstimator {
  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> totals = RewardMetrics.totals(groups, weights);
    List<double[]> values = new ArrayList<>();
    for (double[] t : totals) {
      Moments m = Moments.of(t);
      double[] a = new double[t.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = m.normalise(t[i]);
      }
      values.add(a);
    }
    return RewardMetrics.report(groups, totals, values);
  }
}
