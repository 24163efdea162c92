package io.amalgam.verifiers.task;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of judging an answer. A failure to judge is a verdict of its own and never silently a
 * score of zero.
 */
public sealed interface Verdict {

  /**
   * The answer was judged.
   *
   * @param score credit from 0 to 1; exactly 1 is correct, several tasks give small credit to wrong
   *     answers
   * @param components named parts of the score, if the task has any
   */
  record Scored(double score, SortedMap<String, Double> components) implements Verdict {
    private static final SortedMap<String, Double> NONE = Collections.emptySortedMap();
    private static final Scored RIGHT = new Scored(1, NONE);
    private static final Scored WRONG = new Scored(0, NONE);

    /** Copies the components. */
    public Scored {
      components =
          components.isEmpty()
              ? NONE
              : Collections.unmodifiableSortedMap(new TreeMap<>(components));
    }

    /** A score without components. */
    public static Scored of(double score) {
      if (score == 1) {
        return RIGHT;
      }
      // a negative zero is no other score
      return score == 0 ? WRONG : new Scored(score, NONE);
    }
  }

  /** The answer cannot be judged: the reference implementation raises an error for it. */
  record Invalid(String reason) implements Verdict {}

  /** Judging took longer than it may. */
  record TimedOut(Duration limit) implements Verdict {}

  /** The scorer itself failed. */
  record Crashed(String reason) implements Verdict {}
}
