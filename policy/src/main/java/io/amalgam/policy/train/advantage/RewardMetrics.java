package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** The signals and metrics that every estimator reports beside its values. */
final class RewardMetrics {
  private RewardMetrics() {}

  /** {@code values} with the signals and metrics of the groups. */
  static Advantages report(List<RewardGroup> groups, List<double[]> totals, List<double[]> values) {
    return report(groups, totals, totals, values);
  }

  /** The same, where the signal is looked for in other numbers than the totals. */
  static Advantages report(
      List<RewardGroup> groups,
      List<double[]> totals,
      List<double[]> compared,
      List<double[]> values) {
    List<GroupSignal> signals = new ArrayList<>();
    int silent = 0;
    for (double[] t : compared) {
      GroupSignal s = GroupSignal.of(t);
      signals.add(s);
      silent += s.present() ? 0 : 1;
    }
    SortedMap<String, Double> metrics = new TreeMap<>();
    Moments all = Moments.of(flatten(totals));
    metrics.put("reward", all.mean());
    metrics.put("reward_std", all.std());
    metrics.put("frac_reward_zero_std", groups.isEmpty() ? 0 : (double) silent / groups.size());
    int functions = groups.stream().mapToInt(RewardGroup::functions).max().orElse(0);
    for (int f = 0; f < functions; f++) {
      Moments m = Moments.of(column(groups, f));
      metrics.put("rewards/r" + f + "/mean", m.mean());
      metrics.put("rewards/r" + f + "/std", m.std());
    }
    return new Advantages(values, signals, metrics);
  }

  /** The weighted totals of every group. */
  static List<double[]> totals(List<RewardGroup> groups, double[] weights) {
    List<double[]> out = new ArrayList<>();
    for (RewardGroup g : groups) {
      if (weights.length != 0 && g.size() > 0 && weights.length != g.functions()) {
        throw new IllegalArgumentException(
            weights.length + " reward weights for " + g.functions() + " reward functions");
      }
      double[] t = g.totals(weights);
      for (int i = 0; i < g.penalties().length; i++) {
        t[i] -= g.penalties()[i];
      }
      out.add(t);
    }
    return out;
  }

  static double[] flatten(List<double[]> parts) {
    return parts.stream().flatMapToDouble(DoubleStream::of).toArray();
  }

  private static double[] column(List<RewardGroup> groups, int f) {
    return groups.stream().flatMapToDouble(g -> DoubleStream.of(column(g, f))).toArray();
  }

  /** The rewards of function {@code f} in one group. */
  static double[] column(RewardGroup group, int f) {
    double[] out = new double[group.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = group.rewards()[i][f];
    }
    return out;
  }
}
