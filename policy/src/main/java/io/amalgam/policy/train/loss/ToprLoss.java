package io.amalgam.policy.train.loss;

/**
 * Tapered off-policy REINFORCE: ℓ = −sg[w]·A·log π, w = positiveWeight where A &gt; 0 and w =
 * min(r, negativeCap) elsewhere, r = π/π_behaviour (TOPR, arXiv 2503.14286).
 *
 * <p>Good completions are learned in full however improbable they have become; bad ones only as far
 * as the policy would still write them, so that no loss can run away. At {@link
 * RatioLevel#SEQUENCE}, the paper's, r is the product of the ratios of the sequence, not their
 * geometric mean as in other losses here. Deviations: advantages in place of the paper's rewards
 * ±1; log r is held within ±20.
 *
 * <p>Metrics: {@code topr/negative_weight_mean}, mean of w over units with A ≤ 0; {@code
 * topr/capped_fraction}, share of those with r above the cap.
 *
 * @param settings what all losses have in common; the ratio is against the behaviour policy
 * @param positiveWeight w of good completions
 * @param negativeCap largest w of bad ones
 */
public record ToprLoss(Settings settings, double positiveWeight, double negativeCap)
    implements PolicyLoss {
  /** Checks the ranges. */
  public ToprLoss {
    settings.requireBehaviour("topr");
    if (!(positiveWeight >= 0) || !(negativeCap >= 0)) {
      throw new IllegalArgumentException(
          "positive-weight and negative-cap must be at least 0, not "
              + positiveWeight
              + ", "
              + negativeCap);
    }
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    Summary negative = new Summary();
    Summary capped = new Summary();
    frame.forEachUnit(
        (u, unitRatio, a) -> {
          double r = settings.level() == RatioLevel.SEQUENCE ? product(frame, u) : unitRatio;
          double w = a > 0 ? positiveWeight : Math.min(r, negativeCap);
          frame.addLogProbs(u, -w * a);
          if (frame.counts(u) && a <= 0) {
            negative.add(w);
            capped.add(r > negativeCap ? 1 : 0);
          }
        });
    frame.metrics().put("topr/negative_weight_mean", negative.mean());
    frame.metrics().put("topr/capped_fraction", capped.mean());
    return frame.finish();
  }

  private static double product(LossFrame frame, int u) {
    double sum = 0;
    for (int q = frame.ratios().start(u); q < frame.ratios().end(u); q++) {
      sum += frame.active(q) ? Ratios.difference(frame.batch(), q) : 0;
    }
    return Math.exp(Ratios.bounded(sum));
  }
}
