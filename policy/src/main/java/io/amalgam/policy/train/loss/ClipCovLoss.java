package io.amalgam.policy.train.loss;

/**
 * The clipped surrogate of {@link ClippedLoss} without the terms whose covariance of advantage and
 * log-prob is suspiciously large (Clip-Cov, arXiv 2505.22617): it keeps the entropy from
 * collapsing.
 *
 * <p>Among the terms that the clip leaves alone and whose {@link Covariance} lies between lower and
 * upper bound, a share of all terms (at least one) passes neither value nor gradient. Deviations:
 * the published code draws those at random; a loss here is a pure function, so the largest are
 * taken. The population is the micro-batch.
 *
 * <p>Metrics: those of {@link ClippedLoss}; {@code cov/dropped_fraction}, share of the terms.
 *
 * @param settings what all losses have in common; the ratio is per term
 * @param clip the trust region
 * @param share share of the terms dropped, 0 to 1
 * @param lower smallest covariance that is dropped
 * @param upper largest covariance that is dropped
 */
public record ClipCovLoss(
    Settings settings, ClipRange clip, double share, double lower, double upper)
    implements PolicyLoss {
  /** Checks the ranges. */
  public ClipCovLoss {
    settings.requireTermLevel("clip-cov");
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("cov-share must be from 0 to 1, not " + share);
    }
    if (!(lower <= upper)) {
      throw new IllegalArgumentException("cov-lower must be at most cov-upper, not " + lower);
    }
  }

  @Override
  public boolean usesZeroAdvantages() {
    return true;
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    Covariance covariance = new Covariance(frame);
    boolean[] dropped =
        covariance.largest(
            share,
            q -> {
              double r = frame.ratios().ratio(q);
              double a = frame.advantage(q);
              double c = covariance.of(q);
              return c > lower && c < upper && !clip.actsLow(r, a) && !clip.actsHigh(r, a);
            });
    ClipMetrics clips = new ClipMetrics(batch.sequences());
    Summary left = new Summary();
    frame.forEachUnit(
        (u, r, a) -> {
          if (!dropped[u]) {
            frame.addUnit(u, clip.value(r, a), clip.slope(r, a));
          }
          if (frame.active(u)) {
            clips.add(frame.sequenceOf(u), clip.actsLow(r, a), clip.actsHigh(r, a));
            left.add(dropped[u] ? 1 : 0);
          }
        });
    clips.report(frame.metrics());
    frame.metrics().put("cov/dropped_fraction", left.mean());
    return frame.finish();
  }
}
