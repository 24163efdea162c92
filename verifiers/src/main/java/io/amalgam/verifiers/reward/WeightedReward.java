package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.task.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weighted sum of some parts: score + 0.1 · format by default.
 *
 * <p>The code of the MoT-G authors rewards 2 · score + 0.5 · authors-format + 0.5 · authors-words +
 * authors-tags. Components: every part before it is weighted.
 *
 * @param weights weights by name of the part; finite
 * @param least smallest reward that is believed
 * @param greatest largest reward that is believed
 */
public record WeightedReward(SortedMap<String, Double> weights, double least, double greatest)
    implements RewardRule {
  /** Checks names, weights and bounds. */
  public WeightedReward {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      if (RewardParts.named(weight.getKey()).isEmpty()) {
        throw new IllegalArgumentException(
            "no part of a reward is called \""
                + weight.getKey()
                + "\"; there are "
                + RewardParts.names());
      }
      if (!Double.isFinite(weight.getValue())) {
        throw new IllegalArgumentException(
            "weight of " + weight.getKey() + " = " + weight.getValue() + " must be finite");
      }
    }
    if (weights.isEmpty() || !(least < greatest)) {
      throw new IllegalArgumentException(
          "a reward needs at least one part, and a least value below the greatest");
    }
  }

  /**
   * The weighted sum.
   *
   * @throws IllegalArgumentException if it is not finite or outside the bounds: a wrong reward is
   *     worse than none
   */
  @Override
  public Reward reward(Verdict.Scored verdict, String completion) {
    SortedMap<String, Double> components = new TreeMap<>();
    double total = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      double value = RewardParts.named(weight.getKey()).orElseThrow().value(verdict, completion);
      components.put(weight.getKey(), value);
      total += weight.getValue() * value;
    }
    if (total < least || total > greatest) {
      throw new IllegalArgumentException(
          "reward total = " + total + " must be between " + least + " and " + greatest);
    }
    return new Reward(total, components);
  }
}
