package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * A = R − mean of the other scored members of the group (RLOO, arXiv 2402.14740).
 *
 * <p>Order: weighted sum of the rewards, clip to [clipLow, clipHigh], minus the member's penalty,
 * leave-one-out, and if asked for (A − mean) / (std + 1e-4) over all scored members of the batch. A
 * member without scored others gets 0.
 *
 * @param clipLow smallest reward; −∞: no bound
 * @param clipHigh largest reward; ∞: no bound
 * @param normalise whether the batch's advantages are normalised
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record LeaveOneOut(double clipLow, double clipHigh, boolean normalise, double... weights)
    implements AdvantageEstimator {

  /** Without clipping and without normalisation. */
  public LeaveOneOut(double... weights) {
    this(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, weights);
  }

  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> raw = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (RewardGroup g : groups) {
      raw.add(g.totals(weights));
      values.add(leaveOneOut(clipped(g)));
    }
    if (normalise) {
      Moments m = Moments.of(RewardMetrics.flatten(values));
      values.forEach(a -> replaceAll(a, m));
    }
    values.forEach(LeaveOneOut::zeroUnscored);
    return RewardMetrics.report(groups, raw, values);
  }

  private double[] clipped(RewardGroup g) {
    double[] t = g.totals(weights);
    for (int i = 0; i < t.length; i++) {
      double penalty = g.penalties().length == 0 ? 0 : g.penalties()[i];
      t[i] = Double.isNaN(t[i]) ? t[i] : Math.min(clipHigh, Math.max(clipLow, t[i])) - penalty;
    }
    return t;
  }

  private static double[] leaveOneOut(double[] t) {
    Moments m = Moments.of(t);
    double[] a = new double[t.length];
    for (int i = 0; i < a.length; i++) {
      boolean alone = m.count() < 2;
      // t − (mean of the others), written so that equal rewards give exactly 0.
      a[i] =
          Double.isNaN(t[i])
              ? Double.NaN
              : alone ? 0 : (t[i] - m.mean()) * m.count() / (m.count() - 1);
    }
    return a;
  }

  private static void replaceAll(double[] a, Moments m) {
    for (int i = 0; i < a.length; i++) {
      a[i] = Double.isNaN(a[i]) ? a[i] : m.normalise(a[i]);
    }
  }

  private static void zeroUnscored(double[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] = Double.isNaN(a[i]) ? 0 : a[i];
    }
  }
}
