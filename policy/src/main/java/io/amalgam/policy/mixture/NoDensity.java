package io.amalgam.policy.mixture;

/** The absent density of deterministic steps: no terms, no gradient. */
final class NoDensity implements ActionDensity {
  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.NONE;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    return new double[0];
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {}
}
