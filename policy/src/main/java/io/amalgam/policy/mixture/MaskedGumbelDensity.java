package io.amalgam.policy.mixture;

/**
 * What the published code of SofT-GRPO (arXiv 2511.06411) takes for the log-density of a position:
 * the mean of −d_j − e^(−d_j) over the candidates with log p̂_j &gt; −3, d_j = g'_j − log p̂_j
 * clamped to [−1.5, 3]. One term, a stand-in.
 *
 * <p>The mask is the current policy's, so that numerator and denominator of a ratio may average
 * over different candidates, and the gradient vanishes where the clamp binds. Deviation: the 1e-6
 * that the code adds to p̂ is left out; at p̂ above e⁻³ it changes the term by less than 1e-4.
 */
final class MaskedGumbelDensity implements ActionDensity {
  private static final double LEAST = -3;
  private static final double LOW = -1.5;
  private static final double HIGH = 3;

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.SURROGATE;
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    double[] logP = CandidateLogits.normalised(action, row);
    double sum = 0;
    for (int j = 0; j < logP.length; j++) {
      if (counts(logP[j])) {
        sum += GumbelNoise.logDensity(clamped(action.auxiliary()[j] - logP[j]));
      }
    }
    return new double[] {sum / counted(logP)};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] logP = CandidateLogits.normalised(action, row);
    double[] slopes = new double[logP.length];
    for (int j = 0; j < slopes.length; j++) {
      double d = action.auxiliary()[j] - logP[j];
      slopes[j] = counts(logP[j]) && d == clamped(d) ? GumbelNoise.slope(d) : 0;
    }
    CandidateLogits.addThrough(logP, slopes, upstream[0] / counted(logP), out);
  }

  private static boolean counts(double logP) {
    return logP > LEAST;
  }

  /** At least 1: the largest of up to 16 probabilities is at least 1/16, above e⁻³. */
  private static int counted(double[] logP) {
    int n = 0;
    for (double l : logP) {
      n += counts(l) ? 1 : 0;
    }
    return n;
  }

  private static double clamped(double d) {
    return Math.min(Math.max(d, LOW), HIGH);
  }
}
