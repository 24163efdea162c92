package io.amalgam.policy.train.loss;

/**
 * The clipped surrogate ℓ = −min(r'·A, clip(r, 1 − ε, 1 + ε_high)·A), r = π/π_old.
 *
 * <p>PPO (arXiv 1707.06347) and GRPO (arXiv 2402.03300); with ε_high &gt; ε the clip-higher of DAPO
 * (arXiv 2503.14476); at {@link RatioLevel#SEQUENCE} GSPO (arXiv 2507.18071), and with {@link
 * Reduction#SEQUENCE_MEAN_TOKEN_SUM} LUSPO; with {@link BehaviourCorrection#truncatedTokens}
 * decoupled PPO as in AReaL (arXiv 2505.24298), whose cap truncates instead of rejecting; with
 * {@link Proximal#BEHAVIOUR} the single-ratio form of asynchronous PPO (bypass mode of verl). With
 * δ, r' = min(r, δ): the two-sided clip (INTELLECT-2, arXiv 2505.07291), which for δ ≥ 1 + ε_high
 * is the dual clip as well, min(ℓ, −A·c) for A &lt; 0 with c = δ (arXiv 1912.09729). Deviation: at
 * mixture positions each slot is clipped by its own ratio unless the level says otherwise.
 *
 * <p>Metrics: {@code clip_ratio/low_mean}, {@code high_mean}, {@code region_mean}, {@code low_min},
 * {@code high_max}; with δ also {@code clip_ratio/delta_mean}, share of units with r &gt; δ and A
 * &lt; 0.
 *
 * @param settings what all losses have in common
 * @param clip the trust region
 */
public record ClippedLoss(Settings settings, ClipRange clip) implements PolicyLoss {
  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    ClipMetrics clips = new ClipMetrics(batch.sequences());
    Summary beyond = new Summary();
    frame.forEachUnit(
        (u, r, a) -> {
          frame.addUnit(u, clip.value(r, a), clip.slope(r, a));
          if (frame.counts(u)) {
            clips.add(
                frame.sequenceOf(frame.ratios().start(u)), clip.actsLow(r, a), clip.actsHigh(r, a));
            beyond.add(clip.beyondDelta(r) && a < 0 ? 1 : 0);
          }
        });
    clips.report(frame.metrics());
    if (clip.delta().isPresent()) {
      frame.metrics().put("clip_ratio/delta_mean", beyond.mean());
    }
    return frame.finish();
  }
}
