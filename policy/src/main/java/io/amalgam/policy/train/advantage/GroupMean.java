package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * A = R − mean of the group (Dr. GRPO, arXiv 2503.20783): the default. Without the division by the
 * group's deviation, very easy and very hard problems weigh no more than others.
 *
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record GroupMean(double... weights) implements AdvantageEstimator {
  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> totals = RewardMetrics.totals(groups, weights);
    List<double[]> values = new ArrayList<>();
    for (double[] t : totals) {
      Moments m = Moments.of(t);
      double[] a = new double[t.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = m.centre(t[i]);
      }
      values.add(a);
    }
    return RewardMetrics.report(groups, totals, values);
  }
}
