package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.task.Verdict;

/** One thing that a completion is rewarded for. A new part is a new constant of the catalogue. */
@FunctionalInterface
public interface RewardPart {
  /**
   * What the part gives before it is weighted; finite.
   *
   * @param verdict the verdict on the answer
   * @param completion the generated text after the prompt, which ends with {@code <think>}; without
   *     the stop token
   */
  double value(Verdict.Scored verdict, String completion);
}
