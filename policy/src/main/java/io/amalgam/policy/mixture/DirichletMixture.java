package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.Arrays;
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
  private final double concentration;
  private final MixtureLikelihood likelihood;

  DirichletMixture(MethodSpec spec) {
    this.spec = spec;
    this.concentration = NamedLikelihoods.number(spec, "concentration");
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "surrogate", "representative" -> new TokenDensity(true);
          case "surrogate-stop-gradient" ->
              new WeightedTokens(WeightedTokens.Weighting.SAMPLED_LOG);
          default -> new DirichletDensity(concentration);
        };
    this.likelihood = new MixtureLikelihood(density, false);
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return new CandidateRequest(1, true, spec.k() == 1 ? 0 : spec.k(), 0);
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
    float[] logProbs = Arrays.copyOf(c.topLogProbs(), slots);
    double[] p = Actions.softmax(Actions.widen(logProbs));
    KeyedStream noise = key.stream(DrawPurpose.WEIGHTS.number());
    double[] logWeights = new double[slots];
    for (int j = 0; j < slots; j++) {
      logWeights[j] = noise.nextLogGamma(DirichletDensity.shape(concentration, p[j]));
    }
    double[] w = Actions.softmax(logWeights);
    double logSum = logSumExp(logWeights);
    float[] auxiliary = new float[k];
    for (int j = 0; j < slots; j++) {
      auxiliary[j] = (float) (logWeights[j] - logSum);
    }
    float[] weights = Arrays.copyOf(Actions.narrow(w), k);
    int recorded =
        Actions.categorical(weights, key.stream(DrawPurpose.REPRESENTATIVE.number()).nextUniform());
    return Actions.step(
        slots,
        Actions.padded(c.topIds(), slots, k),
        weights,
        recorded,
        false,
        auxiliary,
        0,
        Actions.row(logProbs, new float[slots]),
        c,
        likelihood);
  }

  private static double logSumExp(double[] x) {
    double max = Arrays.stream(x).max().orElse(0);
    double sum = 0;
    for (double v : x) {
      sum += StrictMath.exp(v - max);
    }
    return max + StrictMath.log(sum);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
