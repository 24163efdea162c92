package io.amalgam.policy.train.loss;

/**
 * The unclipped surrogate −A·r with a penalty on the terms whose covariance of advantage and
 * log-prob is largest (KL-Cov, arXiv 2505.22617): ℓ = −A·r + coefficient·|log r| for that share of
 * the terms (at least one), ℓ = −A·r for the others.
 *
 * <p>Deviation: the population is the micro-batch. Equal covariances are taken in the order of the
 * terms. At r = 1 the penalty has no slope.
 *
 * <p>Metrics: {@code cov/penalised_fraction}, share of the terms; {@code cov/penalty_mean}, mean of
 * |log r| over those.
 *
 * @param settings what all losses have in common; the ratio is per term
 * @param share share of the terms penalised, 0 to 1
 * @param coefficient weight of the penalty
 */
public record KlCovLoss(Settings settings, double share, double coefficient) implements PolicyLoss {
  /** Checks the ranges. */
  public KlCovLoss {
    settings.requireTermLevel("kl-cov");
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("cov-share must be from 0 to 1, not " + share);
    }
    if (!(coefficient >= 0)) {
      throw new IllegalArgumentException("cov-kl must be at least 0, not " + coefficient);
    }
  }

  @Override
  public boolean usesZeroAdvantages() {
    return true;
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    boolean[] penalised = new Covariance(frame).largest(share, q -> true);
    Summary fraction = new Summary();
    Summary penalty = new Summary();
    frame.forEachUnit(
        (u, r, a) -> {
          double x = frame.ratios().logRatio(u);
          double c = penalised[u] ? coefficient : 0;
          frame.addUnit(u, -a * r + c * Math.abs(x), -a + c * Math.signum(x) / r);
          if (frame.active(u)) {
            fraction.add(penalised[u] ? 1 : 0);
          }
          if (penalised[u]) {
            penalty.add(Math.abs(x));
          }
        });
    frame.metrics().put("cov/penalised_fraction", fraction.mean());
    frame.metrics().put("cov/penalty_mean", penalty.mean());
    return frame.finish();
  }
}
