package io.amalgam.policy.mixture;

/**
 * The density of the fed weights w = softmax(g' / τ) themselves (the Concrete distribution, arXiv
 * 1611.00712): one term lnΓ(n) + (n−1) ln τ + Σ_j [log p̂_j − e_j] − n log Σ_j e^(log p̂_j − e_j)
 * with e_j = g'_j − max g'.
 *
 * <p>The common level of g' says nothing about the policy and is integrated out, so that the score
 * is less noisy than that of {@link GumbelDensity}: per candidate 1 − n·softmax(log p̂ − e)_j, of
 * variance ½ instead of 1 at n = 3.
 *
 * <p>This is the density with respect to dw / Π_j w_j, the usual one plus Σ_j ln w_j, which is free
 * of the policy: at small τ, ln w_j is in the hundreds and would drown the rest in f32. Ratios do
 * not depend on τ.
 */
final class ConcreteDensity implements ActionDensity {
  private final double tau;
  private final boolean exact;

  ConcreteDensity(double tau, GumbelNoise noise) {
    this.tau = tau;
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
    double[] x = exponents(action, CandidateLogits.normalised(action, row));
    int n = x.length;
    double sum = Gamma.logGamma(n) + (n - 1) * Math.log(tau) - n * CandidateLogits.logSumExp(x);
    for (double v : x) {
      sum += v;
    }
    return new double[] {sum};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] logP = CandidateLogits.normalised(action, row);
    double[] share = Actions.softmax(exponents(action, logP));
    // The slopes sum to 0, so that the normalisation of p̂ adds nothing.
    for (int j = 0; j < share.length; j++) {
      out.logProbs[j] += upstream[0] * (1 - share.length * share[j]);
    }
  }

  /** log p̂_j − e_j. */
  private static double[] exponents(MixtureAction action, double[] logP) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < logP.length; j++) {
      max = Math.max(max, action.auxiliary()[j]);
    }
    double[] out = new double[logP.length];
    for (int j = 0; j < out.length; j++) {
      out[j] = logP[j] - (action.auxiliary()[j] - max);
    }
    return out;
  }
}
