package io.amalgam.verifiers.reward;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one completion earns.
 *
 * @param total the number the policy is trained on; finite
 * @param components named parts, before weighting; finite
 */
public record Reward(double total, SortedMap<String, Double> components) {
  /**
   * Copies the components.
   *
   * @throws IllegalArgumentException if a number is infinite or not a number
   */
  public Reward {
    requireFinite("total", total);
    for (Map.Entry<String, Double> component : components.entrySet()) {
      requireFinite(component.getKey(), component.getValue());
    }
    components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("reward " + name + " = " + value + " must be finite");
    }
  }
}
