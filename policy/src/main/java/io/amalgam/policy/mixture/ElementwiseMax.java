package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * Element-wise maximum: the k most probable tokens, fed as the largest of their embeddings in each
 * dimension, x_d = max_j E[s_j]_d.
 *
 * <p>An ablation of MoT-G, arXiv 2509.21482. The recorded weights are p̂, the probabilities
 * renormalised to the candidates; they choose the representative but not what is fed, so that an
 * improbable candidate enters at full size. A filter (min-p, top-p) keeps such candidates out.
 * Nothing but the representative is random: the likelihoods are stand-ins or none. The gradient of
 * the embedding goes, in each dimension, to the candidate that has the maximum, the first of
 * equals. At k = 1, ordinary sampling.
 *
 * <p>Deviations from the authors' code: the representative is looked up among the candidates
 * themselves; log-probs are taken at the temperature of sampling; the embedding gets its gradient.
 */
public final class ElementwiseMax implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "element-wise-max",
          "the k most probable tokens, the largest of their embeddings in each dimension",
          1,
          16,
          List.of(
              new Parameter.Choice(
                  "representative", "weight-draw", List.of("weight-draw", "heaviest")),
              NamedLikelihoods.choice("default", "representative", "surrogate", "none")),
          ElementwiseMax::new);

  private final MethodSpec spec;
  private final boolean heaviest;
  private final MixtureLikelihood likelihood;

  ElementwiseMax(MethodSpec spec) {
    this.spec = spec;
    this.heaviest = NamedLikelihoods.text(spec, "representative").equals("heaviest");
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "surrogate" -> new WeightedTokens(WeightedTokens.Weighting.POLICY);
          case "none" -> new NoDensity();
          default -> new TokenDensity(true);
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
    TopCandidates top = TopCandidates.of(c, k);
    if (top.slots() == 1) {
      return Actions.top(c, k, likelihood);
    }
    double[] w = top.probabilities();
    return top.step(w, heaviest ? 0 : TopCandidates.draw(w, key), c, likelihood);
  }

  @Override
  public FeedRule feedRule() {
    return spec.k() == 1 ? FeedRule.SUM : FeedRule.MAXIMUM;
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
