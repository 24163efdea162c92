package io.amalgam.verifiers.sandbox;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The failure rules of a run.
 *
 * @param standard for tasks without a rule of their own
 * @param byTask rules by name of the task
 */
public record FailureRules(FailureRule standard, SortedMap<String, FailureRule> byTask) {
  /** Copies the rules. */
  public FailureRules {
    byTask = Collections.unmodifiableSortedMap(new TreeMap<>(byTask));
  }

  /** One rule for all tasks. */
  public static FailureRules of(FailureRule standard) {
    return new FailureRules(standard, Collections.emptySortedMap());
  }

  /** The rule of a task. */
  public FailureRule of(String task) {
    FailureRule own = byTask.get(task);
    return own == null ? standard : own;
  }

  /** The longest that judging one answer of any task may take, retries included. */
  public Duration longest() {
    Duration longest = standard.limit().multipliedBy(standard.retries() + 1L);
    for (FailureRule rule : byTask.values()) {
      Duration own = rule.limit().multipliedBy(rule.retries() + 1L);
      longest = own.compareTo(longest) > 0 ? own : longest;
    }
    return longest;
  }
}
