package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.answer.CompletionFormat;
import io.amalgam.verifiers.task.Verdict;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rule {@code score + formatWeight · format}, where format is 1 if the completion has the
 * wanted form, else 0.
 *
 * @param formatWeight what the form is worth; finite
 */
public record ScoreAndFormat(double formatWeight) implements RewardRule {
  /** Checks the weight. */
  public ScoreAndFormat {
    if (!Double.isFinite(formatWeight)) {
      throw new IllegalArgumentException("format weight = " + formatWeight + " must be finite");
    }
  }

  @Override
  public Reward reward(Verdict.Scored verdict, String completion) {
    double format = CompletionFormat.holds(completion) ? 1 : 0;
    SortedMap<String, Double> components = new TreeMap<>();
    components.put("format", format);
    components.put("score", verdict.score());
    return new Reward(verdict.score() + formatWeight * format, components);
  }
}
