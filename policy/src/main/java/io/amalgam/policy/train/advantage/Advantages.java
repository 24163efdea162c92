package io.amalgam.policy.train.advantage;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The advantages of a batch of groups.
 *
 * @param values one array [members] per group; 0 for members that were not scored
 * @param signals whether each group can teach anything
 * @param metrics {@code reward} and {@code reward_std} (over scored members), {@code
 *     rewards/r<i>/mean} and {@code /std} per reward function, {@code frac_reward_zero_std} (share
 *     of groups without signal)
 */
public record Advantages(
    List<double[]> values, List<GroupSignal> signals, SortedMap<String, Double> metrics) {
  /** Copies lists and metrics. */
  public Advantages {
    values = List.copyOf(values);
    signals = List.copyOf(signals);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
