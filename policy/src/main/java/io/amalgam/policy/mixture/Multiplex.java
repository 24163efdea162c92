package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.List;

/**
 * Multiplex thinking: k independent draws, fed as their average; every draw is a term.
 *
 * <p>arXiv 2601.08808 (also MTS of arXiv 2505.23648). Duplicates are kept in draw order, not
 * merged. The representative is the first draw. With {@code weights = p} each draw weighs in
 * proportion to its probability; the gradient through those weights is dropped, as everywhere.
 */
public final class Multiplex implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "multiplex",
          "k independent draws, averaged",
          1,
          16,
          List.of(
              new Parameter.Choice("weights", "uniform", List.of("uniform", "p")),
              NamedLikelihoods.choice(
                  "default", "exact", "surrogate", "surrogate-stop-gradient", "first"),
              NamedLikelihoods.terms()),
          Multiplex::new);

  private final MethodSpec spec;
  private final boolean byProbability;
  private final MixtureLikelihood likelihood;

  Multiplex(MethodSpec spec) {
    this.spec = spec;
    this.byProbability = NamedLikelihoods.text(spec, "weights").equals("p");
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "surrogate" -> new WeightedTokens(WeightedTokens.Weighting.EQUAL);
          case "surrogate-stop-gradient" -> new WeightedTokens(WeightedTokens.Weighting.SAMPLED);
          case "first" -> new TokenDensity(false);
          default -> new IndependentDraws();
        };
    this.likelihood =
        new MixtureLikelihood(density, NamedLikelihoods.text(spec, "terms").equals("joint"));
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return new CandidateRequest(spec.k(), true, 0, 0);
  }

  @Override
  public MixtureStep sample(Candidates c, Phase phase, DrawKey key) {
    int k = spec.k();
    if (phase == Phase.DISCRETE || k == 1) {
      return Actions.token(c, k, likelihood);
    }
    float[] logProbs = Arrays.copyOf(c.drawLogProbs(), k);
    float[] weights =
        byProbability
            ? Actions.narrow(Actions.softmax(Actions.widen(logProbs)))
            : Actions.uniform(k);
    return Actions.step(
        k,
        Arrays.copyOf(c.drawIds(), k),
        weights,
        0,
        false,
        likelihood.auxiliary(weights),
        0,
        Actions.row(logProbs, new float[k]),
        c,
        likelihood);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
