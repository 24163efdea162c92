package io.amalgam.policy.mixture;

import java.util.Arrays;

/**
 * The Dirichlet log-density of the weights given the candidates: lnΓ(c) − Σ lnΓ(c p̂_j) + Σ (c p̂_j
 * − 1) ln w_j, with p̂ renormalised over the candidates. One term; the log-weights are the action's
 * auxiliary values, because the weights themselves underflow.
 */
final class DirichletDensity implements ActionDensity {
  private final double concentration;

  DirichletDensity(double concentration) {
    this.concentration = concentration;
  }

  /** c·p̂, kept above 0. */
  static double shape(double concentration, double p) {
    return Math.max(concentration * p, 1e-30);
  }

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.EXACT;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    double[] p = candidates(action, row);
    double sum = Gamma.logGamma(concentration);
    for (int j = 0; j < p.length; j++) {
      double shape = shape(concentration, p[j]);
      sum += (shape - 1) * action.auxiliary()[j] - Gamma.logGamma(shape);
    }
    return new double[] {sum};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] p = candidates(action, row);
    double[] slope = new double[p.length];
    double mean = 0;
    for (int j = 0; j < p.length; j++) {
      // p̂·∂/∂p̂ stays finite where p̂ → 0: ψ(x) ~ −1/x.
      slope[j] =
          concentration
              * p[j]
              * (action.auxiliary()[j] - Gamma.digamma(shape(concentration, p[j])));
      mean += slope[j];
    }
    for (int j = 0; j < p.length; j++) {
      out.logProbs[j] += upstream[0] * (slope[j] - p[j] * mean);
    }
  }

  private static double[] candidates(MixtureAction action, FeatureRow row) {
    return Actions.softmax(Arrays.copyOf(row.logProbs(), action.slots()));
  }
}
