package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Latent-GRPO: the nucleus of the full softmax is scored by s = log p + noise, the k highest scores
 * are kept, and w = softmax(s).
 *
 * <p>arXiv 2604.27998 (k = 10, T = 1). The noise is one-sided: Gumbel clamped to [−1.5, 3] and
 * shifted by 1.5. The nucleus is the smallest set of most probable tokens that holds the
 * probability {@code nucleus}, and at least {@code nucleus-least} tokens; it is searched for among
 * the {@code nucleus-most} most probable ones. The scores are kept in the auxiliary values, slots
 * are in falling order of score, the representative is slot 0.
 *
 * <p>log p is that of the whole row, because the nucleus is found here and not by the candidate
 * filter. A filter may be set beside it, and then log p is renormalised to what it keeps, in
 * sampling and in replay.
 *
 * <p>Deviations: the nucleus has a largest size; the paper's training of the first latent position
 * and its exclusion of invalid samples belong to the learner and are not part of the method. At k =
 * 1 this is ordinary sampling.
 */
public final class LatentGumbel implements MixtureMethod {
  private static final String LEAST = "nucleus-least";
  private static final String MOST = "nucleus-most";

  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "latent-gumbel",
          "the k highest of log p plus one-sided Gumbel noise, weighted by their softmax",
          1,
          16,
          List.of(
              new Parameter.Number("nucleus", "0.95", 0, 1),
              new Parameter.Whole(LEAST, "10", 1, 256),
              new Parameter.Whole(MOST, "32", 2, 256),
              NamedLikelihoods.choice(
                  "default", "published", "surrogate-stop-gradient", "representative")),
          LatentGumbel::new);

  private final MethodSpec spec;
  private final double nucleus;
  private final int least;
  private final int most;
  private final MixtureLikelihood likelihood;

  LatentGumbel(MethodSpec spec) {
    this.spec = spec;
    this.nucleus = NamedLikelihoods.number(spec, "nucleus");
    this.least = (int) NamedLikelihoods.number(spec, LEAST);
    this.most = (int) NamedLikelihoods.number(spec, MOST);
    if (most < Math.max(least, spec.k())) {
      throw new MixtureConfigurationException(
          "mixture." + MOST,
          Integer.toString(most),
          "at least mixture." + LEAST + " and at least mixture.k");
    }
    ActionDensity density =
        switch (NamedLikelihoods.text(spec, "likelihood")) {
          case "surrogate-stop-gradient" ->
              new WeightedTokens(WeightedTokens.Weighting.SAMPLED_LOG);
          case "representative" -> new TokenDensity(true);
          default -> new LatentGumbelDensity();
        };
    this.likelihood = new MixtureLikelihood(density, false);
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return new CandidateRequest(1, true, spec.k() == 1 ? 0 : most, 0);
  }

  @Override
  public MixtureStep sample(Candidates c, Phase phase, DrawKey key) {
    int k = spec.k();
    if (phase == Phase.DISCRETE || k == 1) {
      return Actions.token(c, k, likelihood);
    }
    int members = members(c);
    if (members == 1) {
      return Actions.kept(c, most) == 1
          ? Actions.top(c, k, likelihood)
          : Actions.certain(c.topIds()[0], c, k);
    }
    KeyedStream stream = key.stream(DrawPurpose.WEIGHTS.number());
    float[] scores = new float[members];
    for (int j = 0; j < members; j++) {
      scores[j] = (float) (c.topLogProbs()[j] + GumbelNoise.ONE_SIDED.next(stream));
    }
    int slots = Math.min(k, members);
    int[] order =
        IntStream.range(0, members)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -scores[j]))
            .limit(slots)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ids = new int[slots];
    float[] logProbs = new float[slots];
    float[] kept = new float[slots];
    for (int j = 0; j < slots; j++) {
      ids[j] = c.topIds()[order[j]];
      logProbs[j] = c.topLogProbs()[order[j]];
      kept[j] = scores[order[j]];
    }
    return Actions.step(
        slots,
        Actions.padded(ids, slots, k),
        java.util.Arrays.copyOf(Gumbel.weights(kept, 1), k),
        0,
        false,
        java.util.Arrays.copyOf(kept, k),
        0,
        Actions.row(logProbs, new float[slots]),
        c,
        likelihood);
  }

  /** Size of the nucleus. */
  private int members(Candidates c) {
    int listed = Actions.kept(c, most);
    int n = 0;
    double mass = 0;
    while (n < listed && (n < least || mass < nucleus)) {
      mass += Math.exp(c.topLogProbs()[n++]);
    }
    return n;
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
