package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.List;

/**
 * Soft tokens: the average embedding of the most probable tokens plus Gaussian noise, x = Σ_j p̂_j
 * E[s_j] + σ ε, ε ~ N(0, I); the vector is the action.
 *
 * <p>"Soft Tokens, Hard Truths", arXiv 2509.19170. p̂ = softmax(logits / τ) over the candidates: τ
 * = 0.5 in the form {@code soft}, 1e-4 in {@code fuzzy} (next to the most probable token alone);
 * the form {@code hard} is ordinary sampling. {@code sigma} is relative to the root mean square of
 * the embedding's entries; the absolute σ is fixed when a generator loads the model and stored with
 * each position. The representative is the most probable token. At k = 1, ordinary sampling.
 *
 * <p>Deviations: the average runs over the k most probable tokens, not over the vocabulary, and
 * these ids are treated as the fixed action space; the dependence of the embedding itself on the
 * weights is dropped in the density, see {@link GaussianDensity}. A position at which a filter
 * leaves one token is that token, without noise.
 */
public final class Gaussian implements MixtureMethod {
  private static final double SOFT = 0.5;
  private static final double FUZZY = 1e-4;

  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "gaussian",
          "the average of the k most probable tokens, with Gaussian noise on the embedding",
          1,
          16,
          List.of(
              new Parameter.Choice("form", "soft", List.of("soft", "fuzzy", "hard")),
              new Parameter.AutoNumber("tau", 1e-4, 100),
              new Parameter.Number("sigma", "0.33", 1e-4, 100),
              NamedLikelihoods.choice("default", "exact", "representative", "none")),
          Gaussian::new);

  private final MethodSpec spec;
  private final boolean hard;
  private final double sigma;
  private final double sharpness;
  private final MixtureLikelihood likelihood;

  Gaussian(MethodSpec spec) {
    this.spec = spec;
    String form = NamedLikelihoods.text(spec, "form");
    String tau = NamedLikelihoods.text(spec, "tau");
    double usual = form.equals("fuzzy") ? FUZZY : SOFT;
    this.hard = spec.k() == 1 || form.equals("hard");
    this.sigma = NamedLikelihoods.number(spec, "sigma");
    // The candidates' log-probs are those of logits / temperature.
    this.sharpness =
        spec.temperature() / (tau.equals(Parameter.AUTO) ? usual : Double.parseDouble(tau));
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "representative" -> new TokenDensity(true);
          case "none" -> new NoDensity();
          default -> new GaussianDensity(spec.k(), sharpness);
        };
    this.likelihood = new MixtureLikelihood(density, false);
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return new CandidateRequest(1, true, hard ? 0 : spec.k(), 0);
  }

  @Override
  public MixtureStep sample(Candidates c, Phase phase, DrawKey key) {
    int k = spec.k();
    if (phase == Phase.DISCRETE || hard) {
      return Actions.token(c, k, likelihood);
    }
    int slots = Actions.kept(c, k);
    if (slots == 1) {
      return Actions.top(c, k, likelihood);
    }
    float[] logProbs = Arrays.copyOf(c.topLogProbs(), slots);
    double[] p = GaussianDensity.average(Actions.widen(logProbs), slots, sharpness);
    float[] weights = Arrays.copyOf(Actions.narrow(p), k);
    return Actions.step(
        slots,
        Actions.padded(c.topIds(), slots, k),
        weights,
        0,
        false,
        GaussianDensity.auxiliary(k, slots, weights, c.geometry()),
        0,
        Actions.row(logProbs, new float[slots]),
        c,
        likelihood);
  }

  @Override
  public FeedRule feedRule() {
    return hard ? FeedRule.SUM : new FeedRule.Noised(sigma, GaussianDensity.scaleIndex(spec.k()));
  }

  @Override
  public int auxiliaryWidth() {
    return hard ? spec.k() : GaussianDensity.width(spec.k());
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
