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

  /** A method at temperature 1 whose further parameters have their defaults. */
  public static MethodSpec of(String method, int k) {
    return new MethodSpec(method, k, 1, Collections.emptySortedMap());
  }

  /** Ordinary sampling: one token per position. */
  public static MethodSpec discrete() {
    return of("discrete", 1);
  }

  /** The most probable token at every position. */
  public static MethodSpec greedy() {
    return of("greedy", 1);
  }

  /** The same at another temperature. */
  public MethodSpec at(double otherTemperature) {
    return new MethodSpec(method, k, otherTemperature, parameters);
  }

  /** The same with one parameter more, or with another value for it. */
  public MethodSpec with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new MethodSpec(method, k, temperature, more);
  }
}
