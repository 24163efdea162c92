package io.amalgam.policy.train.loss;

/**
 * A soft gate in place of the clip: ℓ = −A·(4/τ)·σ(τ·(r − 1)), τ by the sign of A (SAPO, arXiv
 * 2511.20347). Its slope at r = 1 is −A, as the clipped surrogate's.
 *
 * <p>No metrics of its own.
 *
 * @param settings what all losses have in common
 * @param tauPositive temperature of the gate where A &gt; 0
 * @param tauNegative temperature of the gate elsewhere; larger: decays faster
 */
public record SapoLoss(Settings settings, double tauPositive, double tauNegative)
    implements PolicyLoss {
  /** Checks the ranges. */
  public SapoLoss {
    if (!(tauPositive > 0) || !(tauNegative > 0)) {
      throw new IllegalArgumentException("tau-positive and tau-negative must be above 0");
    }
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    frame.forEachUnit(
        (u, r, a) -> {
          double tau = a > 0 ? tauPositive : tauNegative;
          double gate = 1 / (1 + Math.exp(-tau * (r - 1)));
          frame.addUnit(u, -a * 4 / tau * gate, -a * 4 * gate * (1 - gate));
        });
    return frame.finish();
  }
}
