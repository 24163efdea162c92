package io.amalgam.policy.model;

import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fresh weights for a configuration: matrices normal with standard deviation 0.02, norms 1, biases
 * 0.
 *
 * <p>A function of configuration and seed alone; every tensor has its own stream of numbers.
 */
public final class InitialWeights {
  private static final double DEVIATION = 0.02;
  private static final int PURPOSE = 101;

  private InitialWeights() {}

  /** The f32 weights of that seed. */
  public static ModelWeights of(ModelConfig config, long seed) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    long number = 0;
    for (var entry : ParameterLayout.of(config).entrySet()) {
      long[] shape = entry.getValue();
      float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
      if (entry.getKey().endsWith("norm.weight")) {
        Arrays.fill(values, 1);
      } else if (shape.length > 1) {
        fill(values, new DrawKey(seed, number, 0, 0).stream(PURPOSE));
      }
      tensors.put(entry.getKey(), HostTensor.ofFloats(values, shape));
      number++;
    }
    return new ModelWeights(tensors);
  }

  private static void fill(float[] values, KeyedStream random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (DEVIATION * random.nextNormal());
    }
  }
}
