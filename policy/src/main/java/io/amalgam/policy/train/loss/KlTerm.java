package io.amalgam.policy.train.loss;

/**
 * The KL term of a loss: coefficient · the reduced {@link KlEstimator}, touched by neither mask nor
 * the behaviour correction. Reports the metric {@code kl}, the unweighted mean over positions
 * (exact) or terms.
 */
final class KlTerm {
  private final PolicyLoss.Settings settings;
  private final LossFrame frame;

  KlTerm(PolicyLoss.Settings settings, LossFrame frame) {
    this.settings = settings;
    this.frame = frame;
  }

  /** Adds value and gradient to the frame; nothing with coefficient 0. */
  void add() {
    if (settings.kl() == 0) {
      return;
    }
    Summary mean = settings.klEstimator() == KlEstimator.EXACT ? exact() : terms();
    frame.metrics().put("kl", mean.mean());
  }

  private Summary exact() {
    LossBatch batch = frame.batch();
    if (batch.divergences().length == 0) {
      throw new IllegalArgumentException("an exact KL term needs divergences");
    }
    Summary mean = new Summary();
    for (int p = 0; p < batch.positions(); p++) {
      if (batch.mask()[p]) {
        double kl = batch.divergences()[p];
        double c = settings.kl() * frame.reductionOf(p);
        mean.add(kl);
        frame.addLoss(c * kl);
        frame.addDivergenceGradient(p, c);
      }
    }
    return mean;
  }

  private Summary terms() {
    LossBatch batch = frame.batch();
    if (batch.referenceLogProbs().length == 0) {
      throw new IllegalArgumentException("a KL term needs reference log-probs");
    }
    KlEstimator estimator = settings.klEstimator();
    boolean weighted = estimator == KlEstimator.UNBIASED;
    Ratios ratios = frame.ratios();
    Summary mean = new Summary();
    for (int u = 0; u < ratios.count(); u++) {
      double sum = 0;
      double r = weighted ? ratios.ratio(u) : 1;
      for (int q = ratios.start(u); q < ratios.end(u); q++) {
        if (frame.active(q)) {
          double difference = batch.referenceLogProbs()[q] - batch.newLogProbs()[q];
          double d = Ratios.bounded(difference);
          double estimate = estimator.value(d);
          double c = settings.kl() * frame.unmaskedCoefficient(q);
          mean.add(estimate * r);
          frame.addLoss(c * estimate * r);
          sum += c * estimate;
          frame.addGradient(q, d == difference ? c * estimator.slope(d) * r : 0);
        }
      }
      if (weighted) {
        for (int q = ratios.start(u); q < ratios.end(u); q++) {
          frame.addGradient(q, sum * ratios.ratioSlope(u));
        }
      }
    }
    return mean;
  }
}
