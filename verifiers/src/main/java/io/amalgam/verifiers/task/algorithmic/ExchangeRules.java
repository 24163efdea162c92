package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that use up some things and make others. At each step the first rule is applied that has
 * all it uses up.
 */
final class ExchangeRules {
  private final int[][] changes;

  /**
   * Rules.
   *
   * @param changes for each rule the change of every count
   */
  ExchangeRules(int[][] changes) {
    this.changes = changes;
  }

  /** The counts from the start until no rule applies, or until enough rules were applied. */
  List<int[]> states(int[] start, int maxSteps) {
    // With suitable weights every rule of the tasks makes less than it uses up: no state comes
    // twice.
    List<int[]> states = new ArrayList<>();
    states.add(start);
    int[] next = start.clone();
    for (int step = 0; step < maxSteps && applyFirst(next); step++) {
      states.add(next.clone());
    }
    return states;
  }

  /** Applies the first rule that has what it uses up; whether there was one. */
  private boolean applyFirst(int[] counts) {
    for (int[] change : changes) {
      boolean possible = true;
      for (int i = 0; i < counts.length; i++) {
        possible &= counts[i] + change[i] >= 0;
      }
      if (possible) {
        for (int i = 0; i < counts.length; i++) {
          counts[i] += change[i];
        }
        return true;
      }
    }
    return false;
  }

  static String text(int[] counts) {
    StringBuilder text = new StringBuilder();
    for (int count : counts) {
      text.append(text.length() == 0 ? "" : " ").append(count);
    }
    return text.toString();
  }

  static ArrayNode json(int... counts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(counts.length);
    for (int count : counts) {
      list.add(count);
    }
    return list;
  }
}
