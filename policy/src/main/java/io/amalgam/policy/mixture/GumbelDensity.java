package io.amalgam.policy.mixture;

/**
 * The density of the perturbed log-probabilities g' = log p̂ + G: one term −d_j − e^(−d_j) per
 * candidate, d_j = g'_j − log p̂_j, with p̂ renormalised over the stored candidates.
 *
 * <p>SofT-GRPO, arXiv 2511.06411, as a sum over the candidates. g' is the action's auxiliary
 * values. Where the noise was clamped, what was sampled has atoms at the ends of the range, so that
 * the Gumbel density is a stand-in.
 */
final class GumbelDensity implements ActionDensity {
  private final boolean exact;

  GumbelDensity(GumbelNoise noise) {
    this.exact = noise.exact();
  }

  @Override
  public LikelihoodKind kind() {
    return exact ? LikelihoodKind.EXACT : LikelihoodKind.SURROGATE;
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    double[] logP = CandidateLogits.normalised(action, row);
    double[] terms = new double[logP.length];
    for (int j = 0; j < terms.length; j++) {
      terms[j] = GumbelNoise.logDensity(action.auxiliary()[j] - logP[j]);
    }
    return terms;
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] logP = CandidateLogits.normalised(action, row);
    double[] slopes = new double[logP.length];
    for (int j = 0; j < slopes.length; j++) {
      slopes[j] = upstream[j] * GumbelNoise.slope(action.auxiliary()[j] - logP[j]);
    }
    CandidateLogits.addThrough(logP, slopes, 1, out);
  }
}
