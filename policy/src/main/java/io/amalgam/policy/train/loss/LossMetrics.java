package io.amalgam.policy.train.loss;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics of an optimiser step, collected over its micro-batches: names ending in {@code max}
 * or {@code min} by that, {@code p99} by the largest, all others as means weighted with the
 * positions of the micro-batch. Mutable, for one thread.
 */
public final class LossMetrics {
  private final SortedMap<String, Double> values = new TreeMap<>();
  private final Map<String, Double> weights = new HashMap<>();

  /** Adds one micro-batch. */
  public void add(LossResult result, LossBatch batch) {
    double weight = batch.maskedInPositions();
    result.metrics().forEach((name, value) -> add(name, value, weight));
  }

  private void add(String name, double value, double weight) {
    if (name.endsWith("max") || name.endsWith("p99")) {
      values.merge(name, value, Math::max);
    } else if (name.endsWith("min")) {
      values.merge(name, value, Math::min);
    } else {
      values.merge(name, value * weight, Double::sum);
      weights.merge(name, weight, Double::sum);
    }
  }

  /** The metrics of the step so far. */
  public SortedMap<String, Double> result() {
    SortedMap<String, Double> out = new TreeMap<>(values);
    weights.forEach((name, w) -> out.computeIfPresent(name, (n, v) -> w == 0 ? 0 : v / w));
    return out;
  }
}
