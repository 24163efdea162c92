package io.amalgam.policy.train.loss;

/**
 * The clipped surrogate on the ratio of the whole sequence, r_i = exp(Σ_t (log π − log π_old)), a
 * sum and not a mean; mean over sequences (RLOO as TRL implements it, after arXiv 2402.14740).
 *
 * <p>Belongs to leave-one-out advantages, whose KL is part of the reward. A behaviour correction
 * must be one of the sequence modes. The entropy mask is not applied: dropping positions would
 * change what r_i means; a quantile below 1 is refused.
 *
 * <p>Metrics: those of {@link ClippedLoss}, over sequences.
 *
 * @param settings what all losses have in common
 * @param clip the trust region
 */
public record SequenceSumLoss(Settings settings, ClipRange clip) implements PolicyLoss {
  /** Checks that the settings make sense for whole sequences. */
  public SequenceSumLoss {
    settings.requireSequenceCorrection("rloo");
    if (settings.entropyQuantile() < 1) {
      throw new IllegalArgumentException("this loss takes no entropy-quantile below 1");
    }
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
    for (int q = start; q < end; q++) {
      sum += frame.active(q) ? Ratios.difference(frame.batch(), q) : 0;
    }
    double r = Math.exp(Ratios.bounded(sum));
    clips.add(i, clip.actsLow(r, a), clip.actsHigh(r, a));
    if (!frame.kept(i)) {
      return;
    }
    double coefficient = frame.sequenceRho(start, end) / frame.totals().sequences();
    frame.addLoss(coefficient * clip.value(r, a));
    double each = Math.abs(sum) > Ratios.BOUND ? 0 : coefficient * clip.slope(r, a) * r;
    for (int q = start; q < end; q++) {
      frame.addGradient(q, each);
    }
  }
}
