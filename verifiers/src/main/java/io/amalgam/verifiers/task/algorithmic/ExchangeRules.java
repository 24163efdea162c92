package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rules that use up some things and make others. At each step the first rule is applied that has
 * all it uses up.
 *
 * @param changes for each rule the change of every count
 */
record ExchangeRules(List<List<Integer>> changes) {

  /** The counts from the start until no rule applies, or until enough rules were applied. */
  List<List<Integer>> states(List<Integer> start, int maxSteps) {
    // With suitable weights every rule of the tasks makes less than it uses up: no state comes
    // twice.
    List<List<Integer>> states = new ArrayList<>();
    states.add(start);
    for (int step = 0; step < maxSteps; step++) {
      List<Integer> current = states.get(step);
      List<Integer> next = current;
      for (int rule = 0; rule < changes.size() && next == current; rule++) {
        List<Integer> changed = sum(current, changes.get(rule));
        next = changed.stream().allMatch(count -> count >= 0) ? changed : current;
      }
      if (next == current) {
        break;
      }
      states.add(next);
    }
    return states;
  }

  private static List<Integer> sum(List<Integer> counts, List<Integer> change) {
    return IntStream.range(0, counts.size()).mapToObj(i -> counts.get(i) + change.get(i)).toList();
  }

  static String text(List<Integer> counts) {
    return counts.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  static ArrayNode json(List<Integer> counts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    counts.forEach(count -> list.add(count.intValue()));
    return list;
  }
}
