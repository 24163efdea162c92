package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * Nucleus: the most probable tokens that together reach {@code top-p}, at most k of them, weighted
 * by their renormalised probabilities.
 *
 * <p>w_j = p_j / Σ_i p_i over the candidates. An ablation of the authors of MoT-G, arXiv
 * 2509.21482. Parameters: the filter, here top-p 0.9 of the 64 most probable unless set; {@code
 * representative}, which token is recorded as text: {@code weight-draw}, a draw from the weights,
 * or {@code heaviest}.
 *
 * <p>The weights are a function of the distribution and only the recorded token is random, so no
 * likelihood is the density of the mixture: {@code representative} is log p of the recorded token,
 * {@code surrogate} Σ_j w_j log p(s_j) with gradient through the weights, {@code
 * surrogate-stop-gradient} the same without, {@code none} leaves mixture positions out of the loss.
 * At k = 1 this would be greedy decoding, so k starts at 2.
 *
 * <p>Deviation: the mask of the published code keeps the tail, the tokens beyond the threshold;
 * here the head is kept, up to and with the token that reaches the threshold.
 */
public final class Nucleus implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "nucleus",
          "the tokens that make up most of the probability, weighted by it",
          2,
          16,
          new CandidateFilter(64, 0.9, 0),
          List.of(
              new Parameter.Choice(
                  "representative", "weight-draw", List.of("weight-draw", "heaviest")),
              NamedLikelihoods.choice(
                  "default", "representative", "surrogate", "surrogate-stop-gradient", "none")),
          Nucleus::new);

  private final MethodSpec spec;
  private final boolean drawn;
  private final MixtureLikelihood likelihood;

  Nucleus(MethodSpec spec) {
    this.spec = spec;
    this.drawn = NamedLikelihoods.text(spec, "representative").equals("weight-draw");
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "surrogate" -> new WeightedTokens(WeightedTokens.Weighting.POLICY);
          case "surrogate-stop-gradient" -> new WeightedTokens(WeightedTokens.Weighting.SAMPLED);
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
    if (phase == Phase.DISCRETE) {
      return Actions.token(c, k, likelihood);
    }
    TopCandidates top = TopCandidates.of(c, k);
    if (top.slots() == 1) {
      return likelihood.kind() == LikelihoodKind.NONE
          ? MixtureStep.forced(top.ids()[0], k, c.entropy())
          : Actions.top(c, k, likelihood);
    }
    double[] w = top.probabilities();
    return top.step(w, drawn ? TopCandidates.draw(w, key) : 0, c, likelihood);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
