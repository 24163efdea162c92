package io.amalgam.policy.mixture;

import java.util.List;

/**
 * Which tokens of a row may be sampled: the filters of transformers in its order, after the
 * temperature. What is kept is renormalised before everything else.
 *
 * <p>Every filter keeps the most probable tokens down to some probability, so that a position
 * records one number, the probability between the last kept and the first dropped token; replay
 * keeps what lies above it. Tokens that are exactly as probable as the last kept one are kept.
 *
 * @param topK keep the so many most probable; 0: all
 * @param topP keep the most probable whose summed probability, among those left by {@code topK},
 *     first reaches this; 1: all
 * @param minP keep tokens at least this times as probable as the most probable; 0: all
 */
public record CandidateFilter(int topK, double topP, double minP) {
  /** Everything may be sampled. */
  public static final CandidateFilter NONE = new CandidateFilter(0, 1, 0);

  private static final String TOP_K = "top-k";
  private static final String TOP_P = "top-p";
  private static final String MIN_P = "min-p";

  /** Checks the ranges. */
  public CandidateFilter {
    if (topK < 0 || !(topP > 0 && topP <= 1) || !(minP >= 0 && minP <= 1)) {
      throw new IllegalArgumentException(
          "top-k " + topK + ", top-p " + topP + ", min-p " + minP + " out of range");
    }
  }

  /** Whether anything can be dropped. */
  public boolean on() {
    return topK > 0 || topP < 1 || minP > 0;
  }

  /** The parameters that every method has, with defaults. */
  static List<Parameter> parameters(CandidateFilter usual) {
    return List.of(
        new Parameter.Whole(TOP_K, Integer.toString(usual.topK), 0, 1 << 20),
        new Parameter.Number(TOP_P, Double.toString(usual.topP), 1e-6, 1),
        new Parameter.Number(MIN_P, Double.toString(usual.minP), 0, 1));
  }

  /** The filter of a complete spec. */
  public static CandidateFilter of(MethodSpec spec) {
    return new CandidateFilter(
        (int) NamedLikelihoods.number(spec, TOP_K),
        NamedLikelihoods.number(spec, TOP_P),
        NamedLikelihoods.number(spec, MIN_P));
  }

  /** The parameters of a spec that all methods share, to be given to another method. */
  public static java.util.SortedMap<String, String> among(MethodSpec spec) {
    java.util.SortedMap<String, String> out = new java.util.TreeMap<>(spec.parameters());
    out.keySet().retainAll(List.of(TOP_K, TOP_P, MIN_P, RepetitionPenalty.NAME));
    return out;
  }
}
