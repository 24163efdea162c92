package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * Mixture of Inputs: one ordinary draw y, blended with the distribution it came from.
 *
 * <p>Candidates are y and the k−1 most probable others; with p̂ their renormalised probabilities
 * and H = −Σ p̂ ln p̂ / ln n the normalised entropy of these, w_i = [H p̂_i + (β + 1 − H) 1{i = y}]
 * / (β + 1): the posterior mean of a Dirichlet prior H p̂ after seeing y with the weight β + 1 − H.
 * Zhuang et al., arXiv 2505.14827; needs no training. Parameter {@code beta}: β, 1 unless set.
 *
 * <p>Only y is random, so log p(y) is the exact likelihood of the action; that the weights depend
 * on the policy, too, is left out of the gradient, as everywhere. {@code surrogate-stop-gradient}
 * is Σ_j w_j log p(s_j). The representative is y. At k = 1 this is ordinary sampling.
 *
 * <p>Deviations: the published code takes whatever list its sampler returns, here k counts the
 * drawn token in; its flag β = −100 for the weights w = p̂ is the method {@code soft-thinking}.
 */
public final class MixtureOfInputs implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "moi",
          "an ordinary draw, blended with the most probable tokens where the policy is unsure",
          1,
          16,
          List.of(
              new Parameter.Number("beta", "1.0", 0, 100),
              NamedLikelihoods.choice("default", "exact", "surrogate-stop-gradient")),
          MixtureOfInputs::new);

  private final MethodSpec spec;
  private final double beta;
  private final MixtureLikelihood likelihood;

  MixtureOfInputs(MethodSpec spec) {
    this.spec = spec;
    this.beta = NamedLikelihoods.number(spec, "beta");
    ActionDensity density =
        NamedLikelihoods.text(spec, "likelihood").equals("surrogate-stop-gradient")
            ? new WeightedTokens(WeightedTokens.Weighting.SAMPLED)
            : TokenDensity.ofTheDraw();
    this.likelihood = new MixtureLikelihood(density, false);
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return CandidateRequest.mostProbable(spec.k());
  }

  @Override
  public MixtureStep sample(Candidates c, Phase phase, DrawKey key) {
    int k = spec.k();
    if (phase == Phase.DISCRETE || k == 1) {
      return Actions.token(c, k, likelihood);
    }
    TopCandidates candidates = TopCandidates.withDraw(c, k);
    if (candidates.slots() == 1) {
      return Actions.token(c, k, likelihood);
    }
    double[] w = posteriorMean(candidates.probabilities(), 0, beta);
    return candidates.step(w, 0, c, likelihood);
  }

  /**
   * The weights of n ≥ 2 candidates.
   *
   * @param prior [n] probabilities, sum 1
   * @param drawn index of the drawn one
   */
  static double[] posteriorMean(double[] prior, int drawn, double beta) {
    double entropy = 0;
    for (double p : prior) {
      entropy -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    double doubt = Math.min(1, entropy / StrictMath.log(prior.length));
    double[] w = new double[prior.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = (doubt * prior[i] + (i == drawn ? beta + 1 - doubt : 0)) / (beta + 1);
    }
    return w;
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
