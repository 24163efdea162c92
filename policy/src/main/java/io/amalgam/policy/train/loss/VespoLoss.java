package io.amalgam.policy.train.loss;

/**
 * A smooth sequence-level weight: ℓ = −sg[φ(w)]·A·log π, φ(w) = e^λ·w^k·e^(−λ·w), with w the
 * product of all ratios π/π_old and all ρ of the sequence (VESPO, as TRL implements it).
 *
 * <p>log w is held in [log 1e-8, 20], each log-ratio in ±20, each log ρ in [log 1e-8, 20]. ρ acts
 * inside w only. {@link Settings#level()} matters to the KL term alone.
 *
 * <p>Metric: {@code vespo/phi_seq_mean}, mean of φ over sequences.
 *
 * @param settings what all losses have in common
 * @param positive shape where A ≥ 0
 * @param negative shape where A &lt; 0
 */
public record VespoLoss(Settings settings, Shape positive, Shape negative) implements PolicyLoss {
  private static final double LOWEST = Math.log(1e-8);
  private static final double HIGHEST = 20;

  /**
   * The shape of φ.
   *
   * @param k exponent of w
   * @param lambda decay in w
   */
  public record Shape(double k, double lambda) {
    double phi(double logW) {
      return Math.exp(lambda + k * logW - lambda * Math.exp(logW));
    }
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    Summary mean = new Summary();
    frame.forEachSequence(
        (i, start, end) -> {
          double a = batch.advantages()[i];
          double phi = (a >= 0 ? positive : negative).phi(logWeight(frame, start, end));
          mean.add(phi);
          for (int q = start; q < end; q++) {
            if (frame.active(q)) {
              double weight = -phi * a * frame.termCoefficient(q);
              frame.addLoss(weight * batch.newLogProbs()[q]);
              frame.addGradient(q, weight);
            }
          }
        });
    frame.metrics().put("vespo/phi_seq_mean", mean.mean());
    return frame.finish();
  }

  private double logWeight(LossFrame frame, int start, int end) {
    double sum = 0;
    boolean counted = false;
    for (int q = start; q < end; q++) {
      if (frame.active(q)) {
        double d = Ratios.difference(frame.batch(), q);
        sum += Math.max(-HIGHEST, Math.min(HIGHEST, d));
        if (!counted) {
          sum += Math.max(LOWEST, Math.min(HIGHEST, Math.log(frame.rho(q))));
        }
        counted = !settings.correction().perTerm();
      }
    }
    return Math.max(LOWEST, Math.min(HIGHEST, sum));
  }
}
