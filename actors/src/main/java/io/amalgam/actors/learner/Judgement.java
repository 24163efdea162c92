package io.amalgam.actors.learner;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What verification said about one member. */
public sealed interface Judgement {
  /** Component of the reward of a member whose failed verification counts as wrong. */
  String FAILED = "failed-verification";

  /**
   * The answer was judged.
   *
   * @param score credit from 0 to 1; 1 is correct
   * @param reward what the policy is trained on
   * @param components named parts of score and reward
   */
  record Scored(double score, double reward, SortedMap<String, Double> components)
      implements Judgement {
    /** Copies the components. */
    public Scored {
      components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
    }
  }

  /**
   * No score could be had; the member takes no part in the advantages of its group.
   *
   * @param verdict {@code Invalid}, {@code TimedOut} or {@code Crashed}
   * @param resample whether its group is to be sampled again
   */
  record Masked(String verdict, String reason, boolean resample) implements Judgement {}
}
