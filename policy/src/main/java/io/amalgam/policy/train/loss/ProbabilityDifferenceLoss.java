package io.amalgam.policy.train.loss;

/**
 * A trust region of probability differences: ℓ = −keep·A·r + τ·(log r)², r = π/π_behaviour per
 * term.
 *
 * <p>{@link Rule#DIRECTED} is DPPO with its KL term (arXiv 2602.04879, 2602.02276; the default of
 * prime-rl): a term is dropped if A &gt; 0 and π − π_behaviour &gt; high, or A &lt; 0 and π −
 * π_behaviour &lt; −low. {@link Rule#ABSOLUTE} is prime-rl's IPO variant: dropped if |π −
 * π_behaviour| &gt; high. A ratio says little about rare tokens, where a change from 1e-6 to 1e-5
 * is a ratio of 10 and no change of the policy; a difference does not mind. The quadratic term
 * holds dropped terms too, also those without advantage.
 *
 * <p>It needs probabilities: densities of continuous actions have no bound, {@link
 * #comparesProbabilities}. Deviation: masks and weights act on the quadratic term as well.
 *
 * <p>Metrics: those of {@link ClippedLoss} ({@code low}: dropped with A &lt; 0, {@code high}: with
 * A &gt; 0, or ≥ 0 for the IPO variant), {@code difference/kl_mean}, mean of (log r)².
 *
 * @param settings what all losses have in common; the ratio is per term, against the behaviour
 *     policy
 * @param rule when a term is dropped
 * @param low largest fall of a probability; unused by {@link Rule#ABSOLUTE}
 * @param high largest rise of a probability, or largest change
 * @param tau weight of the quadratic term
 */
public record ProbabilityDifferenceLoss(
    Settings settings, Rule rule, double low, double high, double tau) implements PolicyLoss {
  /** When a term is dropped. */
  public enum Rule {
    /** When the change goes the way the advantage pushes (DPPO). */
    DIRECTED,
    /** When it goes any way (IPO). */
    ABSOLUTE
  }

  /** Checks the ranges. */
  public ProbabilityDifferenceLoss {
    settings.requireTermLevel("a loss of probability differences");
    settings.requireBehaviour("a loss of probability differences");
    if (!(low >= 0) || !(high >= 0) || !(tau >= 0)) {
      throw new IllegalArgumentException(
          "mask-low, mask-high and kl-tau must be at least 0, not "
              + low
              + ", "
              + high
              + ", "
              + tau);
    }
  }

  @Override
  public boolean comparesProbabilities() {
    return true;
  }

  @Override
  public boolean usesZeroAdvantages() {
    return tau != 0 || settings.usesZeroAdvantages();
  }

  @Override
  public LossResult evaluate(LossBatch batch, BatchTotals totals) {
    LossFrame frame = new LossFrame(settings, batch, totals);
    ClipMetrics clips = new ClipMetrics(batch.sequences());
    Summary squares = new Summary();
    frame.forEachUnit(
        (u, r, a) -> {
          double change = probability(batch.newLogProbs()[u]) - probability(oldLogProb(frame, u));
          boolean dropped =
              rule == Rule.ABSOLUTE
                  ? Math.abs(change) > high
                  : (a > 0 && change > high) || (a < 0 && change < -low);
          double x = frame.ratios().logRatio(u);
          double keep = dropped ? 0 : a;
          frame.addUnit(u, -keep * r + tau * x * x, -keep + 2 * tau * x / r);
          if (frame.active(u)) {
            clips.add(frame.sequenceOf(u), dropped && a < 0, dropped && a >= 0);
            squares.add(x * x);
          }
        });
    clips.report(frame.metrics());
    frame.metrics().put("difference/kl_mean", squares.mean());
    return frame.finish();
  }

  private static double oldLogProb(LossFrame frame, int term) {
    return frame.batch().oldLogProbs()[term];
  }

  /** Rounding may put the log of a probability a little above 0. */
  private static double probability(double logProb) {
    return Math.min(1, Math.exp(logProb));
  }
}
