package io.amalgam.policy.train.loss;

/**
 * The clipped surrogate ℓ = −min(r'·A, clip(r, 1 − ε, 1 + ε_high)·A), r = π/π_old.
 *
 * <p>PPO (arXiv 1707.06347) and GRPO (arXiv 2402.03300); with ε_high &gt; ε the clip-higher of DAPO
 * (arXiv 2503.14476); at {@link RatioLevel#SEQUENCE} GSPO (arXiv 2507.18071), and with {@link
 * Reduction#SEQUENCE_MEAN_TOKEN_SUM} LUSPO; with {@link BehaviourCorrection#truncatedTokens}
 * decoupled PPO as in AReaL (arXiv 2505.24298), whose cap truncates instead of rejecting; with
 * {@link Proximal#BEHAVIOUR} the single-ratio form of asynchronous PPO. Deviation: at mixture
 * positions each slot is clipped by its own ratio unless the level says otherwise.
 *
 * <p>Metrics: {@code clip_ratio/low_mean}, {@code high_mean}, {@code region_mean}, {@code low_min},
 * {@code high_max}.
 *
 * @param settings what all losses have in common
 * @param clip the trust region
 * @param proximal which policy the ratio is taken against
 */
public record ClippedLoss(Settings settings, ClipRange clip, Proximal proximal)
    implements PolicyLoss {

  /** Which policy the ratio is taken against. */
  public enum Proximal {
    /** The weights before the first step on this batch. */
    OLD,
    /** The policy that sampled, through its recorded log-probs; no correction ρ then. */
    BEHAVIOUR
  }

  /** Checks that a single-ratio loss is not corrected a second time. */
  public ClippedLoss {
    if (proximal == Proximal.BEHAVIOUR && settings.correction().on()) {
      throw new IllegalArgumentException(
          "a ratio against the behaviour policy needs no correction; set correction = none");
    }
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, resolved(batch), totals);
    ClipMetrics clips = new ClipMetrics(batch.sequences());
    Ratios ratios = frame.ratios();
    for (int u = 0; u < ratios.count(); u++) {
      if (ratios.start(u) == ratios.end(u)) {
        continue;
      }
      double r = ratios.ratio(u);
      double a = frame.advantage(ratios.start(u));
      frame.addUnit(u, clip.value(r, a), clip.slope(r, a));
      if (settings.level() == RatioLevel.SEQUENCE || frame.active(ratios.start(u))) {
        clips.add(frame.sequenceOf(ratios.start(u)), clip.actsLow(r, a), clip.actsHigh(r, a));
      }
    }
    clips.report(frame.metrics());
    return frame.finish();
  }

  private LossBatch resolved(LossBatch batch) {
    if (proximal == Proximal.OLD) {
      return batch;
    }
    if (batch.behaviourLogProbs().length == 0) {
      throw new IllegalArgumentException(
          "a ratio against the behaviour policy needs its log-probs");
    }
    return batch.withOld(batch.behaviourLogProbs());
  }
}
