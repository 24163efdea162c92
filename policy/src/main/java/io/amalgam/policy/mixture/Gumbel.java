package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.Arrays;
import java.util.List;

/**
 * Gumbel-softmax over the k most probable tokens: w = softmax(g' / τ), g' = log p̂ + G with p̂
 * renormalised to the candidates and G standard Gumbel noise.
 *
 * <p>SofT-GRPO, arXiv 2511.06411 (k = 5, τ = 0.1, top-p 0.95); Stochastic Soft Thinking, arXiv
 * 2508.03440, samples the same without training (τ = 0.5, up to 15 candidates, temperature 0.6,
 * top-k 30). The action is g', kept in the auxiliary values; the representative is the heaviest
 * candidate, which for every τ is a draw from p̂. The stored ids are treated as the fixed action
 * space.
 *
 * <p>The paper has one ratio per position, so the terms of a position are joined unless told
 * otherwise.
 *
 * <p>Deviations from the published code: p̂ enters as it is, not as p̂ + 1e-6; the noise is clamped
 * to [−1.5, 3] only with {@code clamp = paper}, because the clamped action has no density; the
 * default likelihood is the sum over the candidates, the code's masked and clamped mean is {@code
 * published}. At k = 1 the weights are constant and g' is pure noise, so k = 1 is ordinary
 * sampling.
 */
public final class Gumbel implements MixtureMethod {
  private static final CandidateFilter USUAL_FILTER = new CandidateFilter(64, 0.95, 0);

  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "gumbel",
          "the k most probable tokens, weights from a Gumbel-softmax",
          1,
          16,
          USUAL_FILTER,
          List.of(
              new Parameter.Number("tau", "0.1", 1e-3, 100),
              new Parameter.Choice("clamp", "none", List.of("none", "paper")),
              NamedLikelihoods.choice(
                  "default",
                  "exact",
                  "concrete",
                  "published",
                  "surrogate-stop-gradient",
                  "representative"),
              new Parameter.Choice("terms", "joint", List.of("per-slot", "joint"))),
          Gumbel::new);

  private final MethodSpec spec;
  private final double tau;
  private final GumbelNoise noise;
  private final MixtureLikelihood likelihood;

  Gumbel(MethodSpec spec) {
    this.spec = spec;
    this.tau = NamedLikelihoods.number(spec, "tau");
    this.noise =
        NamedLikelihoods.text(spec, "clamp").equals("paper")
            ? GumbelNoise.CLAMPED
            : GumbelNoise.FREE;
    String named = NamedLikelihoods.text(spec, "likelihood");
    if (named.equals("exact") && !noise.exact()) {
      throw new MixtureConfigurationException(
          "mixture.likelihood", named, "another one unless mixture.clamp is none");
    }
    ActionDensity density =
        switch (named) {
          case "concrete" -> new ConcreteDensity(tau, noise);
          case "published" -> new MaskedGumbelDensity();
          case "surrogate-stop-gradient" ->
              new WeightedTokens(WeightedTokens.Weighting.SAMPLED_LOG, tau);
          case "representative" -> new TokenDensity(true);
          default -> new GumbelDensity(noise);
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
    float[] logProbs = Arrays.copyOf(c.topLogProbs(), slots);
    double[] logP = CandidateLogits.normalised(Actions.widen(logProbs));
    KeyedStream stream = key.stream(DrawPurpose.WEIGHTS.number());
    float[] perturbed = new float[k];
    for (int j = 0; j < slots; j++) {
      perturbed[j] = (float) (logP[j] + noise.next(stream));
    }
    float[] weights = weights(Arrays.copyOf(perturbed, slots), tau);
    return Actions.step(
        slots,
        Actions.padded(c.topIds(), slots, k),
        Arrays.copyOf(weights, k),
        Actions.heaviest(Arrays.copyOf(perturbed, slots)),
        false,
        perturbed,
        0,
        Actions.row(logProbs, new float[slots]),
        c,
        likelihood);
  }

  /** softmax(scores / τ), of the rounded scores that are stored. */
  static float[] weights(float[] scores, double tau) {
    double[] scaled = Actions.widen(scores);
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] /= tau;
    }
    return Actions.narrow(Actions.softmax(scaled));
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
