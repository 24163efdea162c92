package io.amalgam.policy.train.loss;

/**
 * The geometric mean of clipped ratios: per sequence −A·exp(mean_t c_t), with the log-ratio x
 * clipped on the pessimistic side, c = min(x, clip(x, −ε, ε_high)) where A &gt; 0 and the maximum
 * elsewhere; mean over sequences (GMPO, arXiv 2507.20673).
 *
 * <p>The bounds are of log-ratios, not of ratios. The entropy mask acts inside the mean. The
 * reduction of the settings serves the KL term alone. A behaviour correction must be one of the
 * sequence modes.
 *
 * <p>Metrics: those of {@link ClippedLoss}, over terms.
 *
 * @param settings what all losses have in common
 * @param low ε: largest step down of a log-ratio
 * @param high ε_high: largest step up of a log-ratio
 */
public record GeometricMeanLoss(Settings settings, double low, double high) implements PolicyLoss {
  /** Checks that the correction can act on whole sequences. */
  public GeometricMeanLoss {
    settings.requireSequenceCorrection("gmpo");
  }

  @Override
  public boolean weighsSequences() {
    return true;
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    ClipMetrics clips = new ClipMetrics(batch.sequences());
    frame.forEachSequence((i, start, end) -> addSequence(frame, clips, i, start, end));
    clips.report(frame.metrics());
    return frame.finish();
  }

  private void addSequence(LossFrame frame, ClipMetrics clips, int i, int start, int end) {
    double a = frame.batch().advantages()[i];
    double sum = 0;
    int n = 0;
    for (int q = start; q < end; q++) {
      double x = Ratios.difference(frame.batch(), q);
      if (frame.active(q)) {
        clips.add(i, x < -low && a < 0, x > high && a > 0);
      }
      if (frame.keptByEntropy(q)) {
        sum += clipped(x, a);
        n++;
      }
    }
    if (!frame.kept(i)) {
      return;
    }
    double value =
        -a
            * frame.sequenceRho(start, end)
            * Math.exp(sum / Math.max(1, n))
            / frame.totals().sequences();
    frame.addLoss(value);
    for (int q = start; q < end; q++) {
      double x = Ratios.difference(frame.batch(), q);
      if (frame.keptByEntropy(q) && clipped(x, a) == x) {
        frame.addGradient(q, value / n);
      }
    }
  }

  private double clipped(double x, double advantage) {
    double inside = Math.max(-low, Math.min(high, x));
    return advantage > 0 ? Math.min(x, inside) : Math.max(x, inside);
  }
}
