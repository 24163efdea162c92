package io.amalgam.policy.mixture;

/** A stand-in for the density of a mixture: log p of one of its tokens, one term. */
final class TokenDensity implements ActionDensity {
  private final boolean representative;

  /** {@code representative}: the recorded token; otherwise slot 0. */
  TokenDensity(boolean representative) {
    this.representative = representative;
  }

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.SURROGATE;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    return new double[] {row.logProbs()[slot(action)]};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    out.logProbs[slot(action)] += upstream[0];
  }

  private int slot(MixtureAction action) {
    return representative ? action.representative() : 0;
  }
}
