package io.amalgam.policy.train.loss;

/**
 * The clipped importance weight ℓ = −sg[min(r, cap)]·A·log π: no position ever loses its gradient
 * (CISPO, MiniMax-M1, arXiv 2506.13585; the one-sided form of ScaleRL, arXiv 2510.13786).
 *
 * <p>{@code cap} is the largest weight itself, not 1 + ε. Deviation: no lower clip.
 *
 * <p>Metric: {@code cispo_clip_ratio}, share of units with r &gt; cap and A &gt; 0.
 *
 * @param settings what all losses have in common
 * @param cap largest importance weight
 */
public record CispoLoss(Settings settings, double cap) implements PolicyLoss {
  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    Ratios ratios = frame.ratios();
    Summary clipped = new Summary();
    for (int u = 0; u < ratios.count(); u++) {
      if (ratios.start(u) == ratios.end(u)) {
        continue;
      }
      double r = ratios.ratio(u);
      double a = frame.advantage(ratios.start(u));
      for (int q = ratios.start(u); q < ratios.end(u); q++) {
        if (frame.active(q)) {
          double weight = -Math.min(r, cap) * a * frame.termCoefficient(q) * frame.rho(q);
          frame.addLoss(weight * batch.newLogProbs()[q]);
          frame.addGradient(q, weight);
        }
      }
      if (settings.level() == RatioLevel.SEQUENCE || frame.active(ratios.start(u))) {
        clipped.add(r > cap && a > 0 ? 1 : 0);
      }
    }
    frame.metrics().put("cispo_clip_ratio", clipped.mean());
    return frame.finish();
  }
}
