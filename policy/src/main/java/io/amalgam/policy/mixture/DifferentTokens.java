package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Different Tokens: k distinct draws, weighted by their probabilities renormalised to them.
 *
 * <p>MoT-G, arXiv 2509.21482. For k = 2, a candidate whose weight falls below {@code collapse} is
 * dropped and the action becomes that event: otherwise every confident position would feed the full
 * score of a tail token into the gradient while its weight is next to nothing. The likelihood of
 * the event is exact.
 *
 * <p>With {@code likelihood = set} the probability of the set of draws is taken instead of that of
 * their order, and the ids are stored by falling probability.
 */
public final class DifferentTokens implements MixtureMethod {
  private static final String COLLAPSE = "collapse";
  private static final String SET = "set";
  private static final double USUAL_COLLAPSE = 0.01;

  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "different-tokens",
          "k distinct draws, weighted by probability",
          1,
          16,
          List.of(
              new Parameter.AutoNumber(COLLAPSE, 0, 0.5),
              new Parameter.Choice(
                  "representative", "heaviest", List.of("heaviest", "weight-draw", "first")),
              new Parameter.Choice("weights", "p", List.of("p", "uniform")),
              NamedLikelihoods.choice(
                  "default",
                  "exact",
                  "collapse",
                  "ordered",
                  SET,
                  "surrogate",
                  "surrogate-stop-gradient",
                  "first",
                  "representative"),
              NamedLikelihoods.terms()),
          DifferentTokens::new);

  private final MethodSpec spec;
  private final double collapse;
  private final String representative;
  private final boolean uniform;
  private final boolean unordered;
  private final MixtureLikelihood likelihood;

  DifferentTokens(MethodSpec given) {
    String named = NamedLikelihoods.text(given, "likelihood");
    this.collapse = collapse(given, named);
    SortedMap<String, String> parameters = new TreeMap<>(given.parameters());
    parameters.put(COLLAPSE, Double.toString(collapse));
    this.spec = new MethodSpec(given.method(), given.k(), given.temperature(), parameters);
    this.representative = NamedLikelihoods.text(spec, "representative");
    this.uniform = NamedLikelihoods.text(spec, "weights").equals("uniform");
    this.unordered = named.equals(SET);
    if (unordered && spec.k() > DrawnSet.LARGEST_K) {
      throw new MixtureConfigurationException(
          "mixture.likelihood",
          SET,
          "another one when mixture.k is above "
              + DrawnSet.LARGEST_K
              + ": it sums over all subsets");
    }
    ActionDensity density =
        switch (named) {
          case "surrogate" -> new WeightedTokens(WeightedTokens.Weighting.POLICY);
          case "surrogate-stop-gradient" -> new WeightedTokens(WeightedTokens.Weighting.SAMPLED);
          case SET -> new DrawnSet(representative.equals("first"));
          case "first" -> new TokenDensity(false);
          case "representative" -> new TokenDensity(true);
          default -> new DrawsWithoutReplacement();
        };
    this.likelihood =
        new MixtureLikelihood(density, NamedLikelihoods.text(spec, "terms").equals("joint"));
  }

  /** ω, with the rules that tie it to k and the likelihood. */
  private static double collapse(MethodSpec spec, String likelihood) {
    String text = NamedLikelihoods.text(spec, COLLAPSE);
    boolean needsNone = spec.k() != 2 || likelihood.equals("ordered") || likelihood.equals("first");
    double value =
        text.equals(Parameter.AUTO) ? (needsNone ? 0 : USUAL_COLLAPSE) : Double.parseDouble(text);
    if (value > 0 && needsNone) {
      throw new MixtureConfigurationException(
          "mixture.collapse",
          text,
          spec.k() == 2
              ? "0 with likelihood " + likelihood + ", which needs both draws"
              : "0 unless mixture.k is 2");
    }
    if (value == 0 && likelihood.equals(COLLAPSE)) {
      throw new MixtureConfigurationException(
          "mixture.likelihood",
          likelihood,
          "another one unless k is 2 and mixture.collapse above 0");
    }
    return value;
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    // One draw more, for the mass that is left outside all k; the first k are the same.
    boolean beyond = unordered && spec.k() > 1 && collapse == 0;
    return new CandidateRequest(beyond ? spec.k() + 1 : spec.k(), false, 0, collapse);
  }

  @Override
  public MixtureStep sample(Candidates c, Phase phase, DrawKey key) {
    int k = spec.k();
    if (phase == Phase.DISCRETE || k == 1) {
      return Actions.token(c, k, likelihood);
    }
    int slots = Actions.drawn(c, k);
    if (slots == 1) {
      return Actions.token(c, k, likelihood);
    }
    float[] logProbs = Arrays.copyOf(c.drawLogProbs(), slots);
    if (collapse > 0 && c.logBelow() > Float.NEGATIVE_INFINITY) {
      int heavy = Actions.heaviest(logProbs);
      double threshold = collapse / (1 - collapse) * Math.exp(logProbs[heavy]);
      if (Math.exp(logProbs[1 - heavy]) < threshold) {
        return collapsed(c, heavy, (float) threshold);
      }
    }
    return mixture(c, key, unordered ? DrawnIds.sorted(c, slots) : DrawnIds.asDrawn(c, slots));
  }

  private MixtureStep mixture(Candidates c, DrawKey key, DrawnIds drawn) {
    int k = spec.k();
    int slots = drawn.ids().length;
    float[] logProbs = drawn.logProbs();
    float[] weights =
        uniform ? Actions.uniform(slots) : Actions.narrow(Actions.softmax(Actions.widen(logProbs)));
    int recorded =
        switch (representative) {
          case "first" -> drawn.first();
          case "weight-draw" ->
              Actions.categorical(
                  weights, key.stream(DrawPurpose.REPRESENTATIVE.number()).nextUniform());
          default -> Actions.heaviest(logProbs);
        };
    float[] padded = Arrays.copyOf(weights, k);
    return Actions.step(
        slots,
        Actions.padded(drawn.ids(), slots, k),
        padded,
        recorded,
        false,
        likelihood.auxiliary(padded),
        0,
        Actions.row(logProbs, drawn.logRemaining()),
        c,
        likelihood);
  }

  private MixtureStep collapsed(Candidates c, int heavy, float threshold) {
    double logProb = c.drawLogProbs()[heavy];
    double logRemaining =
        heavy == 0 ? c.drawLogRemaining()[1] : logMassBeside(logProb, c.logBelow(), threshold);
    int id = c.drawIds()[heavy];
    float[] weights = Actions.oneHot(2, 0);
    return Actions.step(
        1,
        new int[] {id, id},
        weights,
        0,
        true,
        likelihood.auxiliary(weights),
        threshold,
        new FeatureRow(
            new double[] {logProb, logProb},
            new double[] {0, logRemaining},
            c.logBelow(),
            c.logOddsBelow()),
        c,
        likelihood);
  }

  /**
   * log(1 − p) without the cancellation: when 1 − p is below the threshold, every other token is
   * below it too, so that the masked sum {@code logBelow} is the whole.
   */
  private static double logMassBeside(double logProb, double logBelow, double threshold) {
    double mass = -Math.expm1(logProb);
    return mass < threshold ? logBelow : Math.log(mass);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
