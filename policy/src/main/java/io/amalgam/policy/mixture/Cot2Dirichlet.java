package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * CoT2's Dirichlet sampling: w ~ Dir(γ α̂) over the tokens whose probability α is at least {@code
 * floor}, α̂ renormalised to them.
 *
 * <p>arXiv 2505.23648 (γ = 1, floor 1e-3). At replay, probabilities that have fallen below the
 * floor are raised to it before they are renormalised, as in the published code. The representative
 * is a draw from the weights.
 *
 * <p>Deviations: the support is the behaviour policy's and stays; the published one is the union
 * with that of the policy being trained, so that numerator and denominator of the ratio are
 * densities over changing spaces. At most the k most probable tokens are in it. The published KL
 * line divides log-densities, which is no KL; nothing here uses it. A position whose support is a
 * single token is certain and has no likelihood term. At k = 1 this is ordinary sampling.
 */
public final class Cot2Dirichlet implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "cot2-dirichlet",
          "the tokens above a least probability, weights from a Dirichlet distribution",
          1,
          16,
          List.of(
              new Parameter.Number("gamma", "1.0", 1e-3, 1e4),
              new Parameter.Number("floor", "0.001", 0, 0.5),
              NamedLikelihoods.choice(
                  "default", "exact", "surrogate-stop-gradient", "representative")),
          Cot2Dirichlet::new);

  private final MethodSpec spec;
  private final double floor;
  private final DirichletDensity weights;
  private final MixtureLikelihood likelihood;

  Cot2Dirichlet(MethodSpec spec) {
    this.spec = spec;
    this.floor = NamedLikelihoods.number(spec, "floor");
    this.weights = new DirichletDensity(NamedLikelihoods.number(spec, "gamma"), floor);
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "representative" -> new TokenDensity(true);
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
    int kept = Actions.kept(c, k);
    if (kept == 1) {
      return Actions.top(c, k, likelihood);
    }
    int slots = 1;
    while (slots < kept && Math.exp(c.topLogProbs()[slots]) >= floor) {
      slots++;
    }
    return slots == 1
        ? Actions.certain(c.topIds()[0], c, k)
        : weights.sample(c, slots, k, key, likelihood);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
