package io.amalgam.policy.mixture;

/** log p of one of the tokens of a mixture, one term. */
final class TokenDensity implements ActionDensity {
  private final boolean representative;
  private final LikelihoodKind kind;

  /**
   * A stand-in for the density of a mixture.
   *
   * @param representative the recorded token; otherwise slot 0
   */
  TokenDensity(boolean representative) {
    this(representative, LikelihoodKind.SURROGATE);
  }

  private TokenDensity(boolean representative, LikelihoodKind kind) {
    this.representative = representative;
    this.kind = kind;
  }

  /** The density of a mixture of which nothing is random but the draw in slot 0. */
  static TokenDensity ofTheDraw() {
    return new TokenDensity(false, LikelihoodKind.EXACT);
  }

  @Override
  public LikelihoodKind kind() {
    return kind;
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
