package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * Normalises each reward function within the group, sums with the weights, then normalises over the
 * batch (GDPO, arXiv 2601.05242): a function with a small scale is not drowned by one with a large
 * scale.
 *
 * <p>z_f = (x_f − mean) / (std + 1e-4) per group and function; R = Σ_f w_f·z_f; A = (R − mean of
 * all) / (std of all + 1e-4). A member for which every function abstained gets 0.
 *
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record NormaliseThenSum(double... weights) implements AdvantageEstimator {
  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> totals = RewardMetrics.totals(groups, weights);
    List<double[]> values = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      values.add(sumOfNormalised(groups.get(g), totals.get(g)));
    }
    List<double[]> sums = values.stream().map(double[]::clone).toList();
    Moments all = Moments.of(RewardMetrics.flatten(values));
    for (double[] a : values) {
      for (int i = 0; i < a.length; i++) {
        a[i] = all.normalise(a[i]);
      }
    }
    return RewardMetrics.report(groups, totals, sums, values);
  }

  private double[] sumOfNormalised(RewardGroup group, double[] totals) {
    double[] sum = new double[group.size()];
    for (int f = 0; f < group.functions(); f++) {
      double[] column = RewardMetrics.column(group, f);
      Moments m = Moments.of(column);
      double w = weights.length == 0 ? 1 : weights[f];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += w * m.normalise(column[i]);
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Double.isNaN(totals[i]) ? Double.NaN : sum[i];
    }
    return sum;
  }
}
