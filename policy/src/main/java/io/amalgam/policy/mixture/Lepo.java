package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.List;

/**
 * LEPO's latent positions: the k most probable tokens that the filter keeps, weighted by a
 * Gumbel-softmax.
 *
 * <p>w = softmax((log p̂ + G) / τ) with independent standard Gumbel noise G; the representative is
 * the heaviest, which is a draw from p̂ whatever τ is. arXiv 2604.17892. Parameters: {@code tau},
 * τ, 0.5 unless set; the filter is the paper's unless set, top-k 30 and top-p 0.95.
 *
 * <p>Likelihood: Σ_j w_j log p(s_j) with constant weights, kept in the auxiliary values; its
 * gradient with the advantage in front is that of the paper's soft-label cross-entropy. It is a
 * stand-in: because E[w] ≠ p̂, its gradient does not vanish on average. {@code representative} is
 * log p of the heaviest. The densities of the noise itself belong to the method {@code gumbel}. At
 * k = 1 there is nothing to weigh, so k = 1 is ordinary sampling.
 *
 * <p>Deviations: the published code mixes all tokens that its filter keeps, up to 30, here k bounds
 * them; its terms have neither ratio nor clipping at latent positions, here the configured loss
 * treats them like all others, which is the same at the first optimiser step of a batch. How long
 * the latent phase lasts is a rule of the phase ({@code mixture.max-length}).
 */
public final class Lepo implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "lepo",
          "the k most probable tokens, weighted by a Gumbel-softmax",
          1,
          16,
          new CandidateFilter(30, 0.95, 0),
          List.of(
              new Parameter.Number("tau", "0.5", 0.01, 10),
              NamedLikelihoods.choice("default", "surrogate-stop-gradient", "representative")),
          Lepo::new);

  private final MethodSpec spec;
  private final double tau;
  private final MixtureLikelihood likelihood;

  Lepo(MethodSpec spec) {
    this.spec = spec;
    this.tau = NamedLikelihoods.number(spec, "tau");
    ActionDensity density =
        NamedLikelihoods.text(spec, "likelihood").equals("representative")
            ? new TokenDensity(true)
            : new WeightedTokens(WeightedTokens.Weighting.SAMPLED);
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
    KeyedStream uniforms = key.stream(DrawPurpose.WEIGHTS.number());
    double[] noise = new double[top.slots()];
    for (int j = 0; j < noise.length; j++) {
      noise[j] = GumbelNoise.FREE.next(uniforms);
    }
    double[] w = weights(Actions.widen(top.logProbs()), noise, tau);
    return top.step(w, heaviest(w), c, likelihood);
  }

  /**
   * softmax((log p + noise) / τ); a common constant in the log-probs does not matter.
   *
   * @param logProbs [n] nats
   * @param noise [n] standard Gumbel numbers
   */
  static double[] weights(double[] logProbs, double[] noise, double tau) {
    double[] scaled = new double[logProbs.length];
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = (logProbs[j] + noise[j]) / tau;
    }
    return Actions.softmax(scaled);
  }

  private static int heaviest(double[] w) {
    int best = 0;
    for (int j = 1; j < w.length; j++) {
      best = w[j] > w[best] ? j : best;
    }
    return best;
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
