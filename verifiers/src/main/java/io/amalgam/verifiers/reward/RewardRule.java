package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.task.Verdict;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a scored completion into a reward. A new rule is a new implementation; rules are stateless
 * and thread-safe.
 *
 * <p>Only scored completions have a reward: what is to become of the other verdicts is not a
 * question of shaping.
 */
@FunctionalInterface
public interface RewardRule {
  /**
   * The reward of one completion.
   *
   * @param verdict the verdict on its answer
   * @param completion the generated text, without the stop token
   * @throws IllegalArgumentException if the score is not finite
   */
  Reward reward(Verdict.Scored verdict, String completion);

  /**
   * The reward of one completion whose length is known.
   *
   * @param tokens positions that were generated
   */
  default Reward reward(Verdict.Scored verdict, String completion, int tokens) {
    return reward(verdict, completion);
  }

  /** The default: the score, plus 0.1 for the form of the completion. */
  static RewardRule standard() {
    return new WeightedReward(new TreeMap<>(Map.of("score", 1.0, "format", 0.1)), -100, 100);
  }
}
