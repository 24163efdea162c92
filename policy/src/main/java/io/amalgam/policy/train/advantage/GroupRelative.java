package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * A = (R − mean of the group) / scale.
 *
 * <p>Scale {@link Scale#NONE} is Dr. GRPO (arXiv 2503.20783), {@link Scale#GROUP} GRPO (arXiv
 * 2402.03300), {@link Scale#BATCH} Lite PPO (arXiv 2508.08221).
 *
 * @param scale what the difference is divided by
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record GroupRelative(Scale scale, double... weights) implements AdvantageEstimator {
  /** What the difference to the group's mean is divided by. */
  public enum Scale {
    /** Nothing: very easy and very hard problems weigh no more than others. */
    NONE,
    /** Standard deviation of the group's rewards + 1e-4. */
    GROUP,
    /** Standard deviation of all rewards of the batch + 1e-4. */
    BATCH
  }

  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> totals = RewardMetrics.totals(groups, weights);
    double ofBatch = Moments.of(RewardMetrics.flatten(totals)).std() + Moments.EPSILON;
    List<double[]> values = new ArrayList<>();
    for (double[] t : totals) {
      Moments m = Moments.of(t);
      double divisor =
          switch (scale) {
            case NONE -> 1;
            case GROUP -> m.std() + Moments.EPSILON;
            case BATCH -> ofBatch;
          };
      double[] a = new double[t.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = m.centre(t[i]) / divisor;
      }
      values.add(a);
    }
    return RewardMetrics.report(groups, totals, values);
  }
}
