package io.amalgam.policy.mixture;

/** The product of categorical probabilities of draws with replacement: one term log p(s_j) each. */
final class IndependentDraws implements ActionDensity {
  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.EXACT;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    return java.util.Arrays.copyOf(row.logProbs(), action.slots());
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    for (int j = 0; j < upstream.length; j++) {
      out.logProbs[j] += upstream[j];
    }
  }
}
