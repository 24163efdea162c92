package io.amalgam.policy.train.loss;

/**
 * The clipped importance weight ℓ = −sg[min(max(r, floor), cap)]·A·log π: no position ever loses
 * its gradient.
 *
 * <p>CISPO (MiniMax-M1, arXiv 2506.13585); floor 0 is the one-sided form of ScaleRL (arXiv
 * 2510.13786). With {@link Proximal#BEHAVIOUR} it is AIPO (LlamaRL, arXiv 2505.24034): r =
 * π/π_behaviour, one cap between 2 and 10. {@code cap} is the largest weight itself, not 1 + ε.
 * Deviation of AIPO: no KL term unless one is set.
 *
 * <p>Metric: {@code cispo_clip_ratio}, share of units with r &gt; cap and A &gt; 0.
 *
 * @param settings what all losses have in common
 * @param floor smallest importance weight
 * @param cap largest importance weight
 */
public record CispoLoss(Settings settings, double floor, double cap) implements PolicyLoss {
  /** Checks the ranges. */
  public CispoLoss {
    if (!(floor >= 0 && cap >= floor)) {
      throw new IllegalArgumentException(
          "floor and cap must be rising and not negative, not " + floor + ", " + cap);
    }
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    Summary clipped = new Summary();
    frame.forEachUnit(
        (u, r, a) -> {
          frame.addLogProbs(u, -Math.min(Math.max(r, floor), cap) * a);
          if (frame.counts(u)) {
            clipped.add(r > cap && a > 0 ? 1 : 0);
          }
        });
    frame.metrics().put("cispo_clip_ratio", clipped.mean());
    return frame.finish();
  }
}
