package io.amalgam.policy.mixture;

import java.util.Arrays;

/**
 * The Dirichlet log-density of the log-weights given the candidates: lnΓ(c) + Σ_j [c p̂_j ln w_j −
 * lnΓ(c p̂_j)], with p̂ renormalised over the candidates. One term.
 *
 * <p>This is the density with respect to dw / Π_j w_j, that is the usual one plus Σ_j ln w_j. The
 * policy does not enter that difference, so ratios and gradients are the same; but where p̂_j → 0,
 * ln w_j is of the order of 1/(c p̂_j), and the usual value, (c p̂_j − 1) ln w_j, would be too
 * large to be stored in f32 to a fraction of a nat, while c p̂_j ln w_j stays of order 1.
 *
 * <p>The log-weights are the action's auxiliary values, because the weights themselves underflow.
 * The behaviour value is computed from the rounded f32 log-weights that are stored: they are the
 * action, so that replay sees the very same.
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
  public boolean isDensity() {
    return true;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    double[] p = candidates(action, row);
    double sum = Gamma.logGamma(concentration);
    for (int j = 0; j < p.length; j++) {
      double shape = shape(concentration, p[j]);
      sum += shape * action.auxiliary()[j] - Gamma.logGamma(shape);
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
