package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.task.Verdict;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Another rule's reward with a penalty that grows over the last tokens before the limit: min(0,
 * −(length − (limit − buffer)) / buffer · factor) (DAPO, arXiv 2503.14476). A hard cut teaches
 * nothing about length; a slope does.
 *
 * <p>Component: {@code overlong}, the penalty, at most 0. Without a known length there is none.
 *
 * @param rule the rule of the answer
 * @param limit tokens at which the penalty is the whole factor
 * @param buffer tokens before the limit in which it grows, at least 1
 * @param factor penalty at the limit
 */
public record OverlongPenalty(RewardRule rule, int limit, int buffer, double factor)
    implements RewardRule {
  /** Checks the ranges. */
  public OverlongPenalty {
    if (buffer < 1 || buffer > limit) {
      throw new IllegalArgumentException(
          "buffer = " + buffer + " must be from 1 to the limit of " + limit);
    }
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("factor = " + factor + " must be finite, at least 0");
    }
  }

  /** What a completion of that length loses, at most 0. */
  public double penalty(int tokens) {
    int over = tokens - (limit - buffer);
    return over <= 0 ? 0 : -(double) over / buffer * factor;
  }

  @Override
  public Reward reward(Verdict.Scored verdict, String completion) {
    return rule.reward(verdict, completion);
  }

  @Override
  public Reward reward(Verdict.Scored verdict, String completion, int tokens) {
    Reward plain = rule.reward(verdict, completion, tokens);
    SortedMap<String, Double> components = new TreeMap<>(plain.components());
    components.put("overlong", penalty(tokens));
    return new Reward(plain.total() + penalty(tokens), components);
  }
}
