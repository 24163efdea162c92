package io.amalgam.policy.mixture;

/**
 * The stand-in of Latent-GRPO (arXiv 2604.27998) for the log-density of its scores: the mean over
 * the candidates of −d_j − e^(−d_j), d_j = s_j − log p(s_j) with the full softmax. One term.
 *
 * <p>Where a bad sample (its loss rises with the term) has d_j &lt; 0, that is where the policy has
 * grown beyond the score, the derivative is that of the mirrored density d_j − e^(d_j): e^(d_j) − 1
 * instead of 1 − e^(−d_j). The value stays, and so does the sign of the derivative; but it is
 * bounded by 1, where the other grows exponentially. The authors ask for the advantage's sign; here
 * it is read from the derivative of the loss by the term, which for every policy-gradient loss is
 * its opposite.
 *
 * <p>No density of what is sampled: the noise is one-sided and clamped, and the candidates are
 * chosen by their scores.
 */
final class LatentGumbelDensity implements ActionDensity {
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
    int n = action.slots();
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += GumbelNoise.logDensity(action.auxiliary()[j] - row.logProbs()[j]);
    }
    return new double[] {sum / n};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    int n = action.slots();
    for (int j = 0; j < n; j++) {
      double d = action.auxiliary()[j] - row.logProbs()[j];
      double slope = upstream[0] > 0 && d < 0 ? Math.expm1(d) : GumbelNoise.slope(d);
      out.logProbs[j] += upstream[0] * slope / n;
    }
  }
}
