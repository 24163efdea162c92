package io.amalgam.policy.train.loss;

import java.util.Arrays;

/**
 * A bound on the second moment of the log importance weights: ℓ = −keep·A·r, r = π/π_behaviour,
 * without a clip (M2PO, arXiv 2510.01161).
 *
 * <p>Among the terms of the micro-batch, those with the largest (log π_old − log π_behaviour)² are
 * dropped, one after the other, until the mean over the rest is below the threshold; without old
 * log-probs the new ones take their place. A few absurd terms go, and all others keep their
 * gradient, however stale. Deviations: the population is the micro-batch, not the step; equal
 * squares are dropped in the order of the terms; when not even the smallest square is below the
 * threshold, everything is dropped.
 *
 * <p>Metrics: {@code clip_ratio/region_mean}, share of the terms dropped; {@code
 * m2po/second_moment}, mean square over all terms; {@code m2po/second_moment_kept}, over the rest.
 *
 * @param settings what all losses have in common; the ratio is per term, against the behaviour
 *     policy
 * @param threshold τ: bound of the mean square, nats²
 */
public record SecondMomentLoss(Settings settings, double threshold) implements PolicyLoss {
  /** Checks the ranges. */
  public SecondMomentLoss {
    settings.requireTermLevel("m2po");
    settings.requireBehaviour("m2po");
    if (!(threshold > 0)) {
      throw new IllegalArgumentException("threshold must be above 0, not " + threshold);
    }
  }

  @Override
  public boolean usesZeroAdvantages() {
    return true;
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    double[] squares = new double[batch.terms()];
    for (int q = 0; q < squares.length; q++) {
      double d = frame.active(q) ? Ratios.bounded(SamplerWeights.difference(batch, q)) : 0;
      squares[q] = d * d;
    }
    boolean[] kept = kept(frame, squares);
    Summary all = new Summary();
    Summary rest = new Summary();
    frame.forEachUnit(
        (u, r, a) -> {
          if (kept[u]) {
            frame.addUnit(u, -a * r, -a);
            rest.add(squares[u]);
          }
          if (frame.active(u)) {
            all.add(squares[u]);
          }
        });
    frame
        .metrics()
        .put(
            "clip_ratio/region_mean",
            all.count() == 0 ? 0 : 1 - (double) rest.count() / all.count());
    frame.metrics().put("m2po/second_moment", all.mean());
    frame.metrics().put("m2po/second_moment_kept", rest.mean());
    return frame.finish();
  }

  private boolean[] kept(LossFrame frame, double[] squares) {
    Integer[] rising = new Integer[squares.length];
    int n = 0;
    for (int q = squares.length - 1; q >= 0; q--) {
      if (frame.active(q)) {
        rising[n++] = q;
      }
    }
    Arrays.sort(rising, 0, n, (x, y) -> Double.compare(squares[x], squares[y]));
    boolean[] kept = new boolean[squares.length];
    int most = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += squares[rising[i]];
      most = sum / (i + 1) < threshold ? i + 1 : most;
    }
    for (int i = 0; i < most; i++) {
      kept[rising[i]] = true;
    }
    return kept;
  }
}
