package io.amalgam.policy.mixture;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name of a mixture method with all its parameters: travels with every trajectory, so that
 * replay uses what sampling used.
 *
 * @param method configuration name, for example {@code multiplex}
 * @param k number of slots of a mixture step
 * @param temperature temperature that divides the logits, above 0
 * @param parameters every further parameter by name
 */
public record MethodSpec(
    String method, int k, double temperature, SortedMap<String, String> parameters) {
  /** Copies the parameters. */
  public MethodSpec {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
