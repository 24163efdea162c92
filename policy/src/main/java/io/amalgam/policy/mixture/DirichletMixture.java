package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * Dirichlet: the k most probable tokens with weights drawn from Dir(c·p̂), p̂ their renormalised
 * probabilities.
 *
 * <p>MoT-G, arXiv 2509.21482. The representative is a draw from the weights. The stored ids are
 * treated as the fixed action space. At k = 1 the density is constant, so k = 1 is ordinary
 * sampling.
 */
public final class DirichletMixture implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "dirichlet",
          "the k most probable tokens, weights from a Dirichlet distribution",
          1,
          16,
          List.of(
              new Parameter.Number("concentration", "1.0", 1e-3, 1e4),
              NamedLikelihoods.choice(
                  "default", "exact", "surrogate", "surrogate-stop-gradient", "representative")),
          DirichletMixture::new);

  private final MethodSpec spec;
  private final DirichletDensity weights;
  private final MixtureLikelihood likelihood;

  DirichletMixture(MethodSpec spec) {
    this.spec = spec;
    this.weights = new DirichletDensity(NamedLikelihoods.number(spec, "concentration"));
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "surrogate", "representative" -> new TokenDensity(true);
          case "surrogate-stop-gradient" ->
              new WeightedTokens(WeightedTokens.Weighting.SAMPLED_LOG);
          default -> weights;
        };
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
    int slots = Actions.kept(c, k);
    if (slots == 1) {
      return Actions.top(c, k, likelihood);
    }
    return weights.sample(c, slots, k, key, likelihood);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
