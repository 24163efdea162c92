package io.amalgam.policy.model.lora;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A low-rank adapter with its values.
 *
 * @param spec its shape
 * @param weights its tensors, named as in {@link LoraSpec#parameters}
 */
public record LoraAdapter(LoraSpec spec, ModelWeights weights) {
  /** The purpose of the keyed streams that initial values come from. */
  private static final int INITIAL = 16;

  /**
   * A new adapter, which changes nothing yet: A uniform in ±1/√in (as peft draws it), B zero.
   *
   * @param seed decides every value; a tensor's values do not depend on which others there are
   */
  public static LoraAdapter initial(ModelConfig config, LoraSpec spec, long seed) {
    SortedMap<String, long[]> shapes = spec.parameters(config);
    SortedMap<String, HostTensor> out = new TreeMap<>();
    for (int l = 0; l < config.layers(); l++) {
      for (LoraTarget t : spec.targets()) {
        long number = (long) l * LoraTarget.values().length + t.ordinal();
        long[] a = shapes.getOrDefault(t.a(l), new long[0]);
        long[] b = shapes.getOrDefault(t.b(l), new long[0]);
        KeyedStream stream = new DrawKey(seed, number, 0, 0).stream(INITIAL);
        float[] values = new float[Math.toIntExact(a[0] * a[1])];
        double bound = 1 / Math.sqrt(a[1]);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (bound * (2 * stream.nextUniform() - 1));
        }
        out.put(t.a(l), HostTensor.ofFloats(values, a));
        out.put(t.b(l), HostTensor.ofFloats(new float[Math.toIntExact(b[0] * b[1])], b));
      }
    }
    return new LoraAdapter(spec, new ModelWeights(out));
  }

  /**
   * Checks that names and shapes are exactly those that the adapter has for that model.
   *
   * @throws ModelFormatException naming the tensor that is missing, misshapen or superfluous
   */
  public void check(ModelConfig config) {
    check(config, spec, weights);
  }

  /** The same for weights that are not yet an adapter. */
  public static void check(ModelConfig config, LoraSpec spec, ModelWeights weights) {
    SortedMap<String, long[]> shapes = spec.parameters(config);
    for (Map.Entry<String, long[]> e : shapes.entrySet()) {
      HostTensor t = weights.tensors().get(e.getKey());
      if (t == null) {
        throw new ModelFormatException("the adapter lacks " + e.getKey());
      }
      if (!Arrays.equals(t.shape(), e.getValue())) {
        throw new ModelFormatException(
            e.getKey()
                + " has shape "
                + Arrays.toString(t.shape())
                + ", an adapter of rank "
                + spec.rank()
                + " for this model wants "
                + Arrays.toString(e.getValue()));
      }
    }
    for (String name : weights.tensors().keySet()) {
      if (!shapes.containsKey(name)) {
        throw new ModelFormatException("an adapter of these targets has no place for " + name);
      }
    }
  }
}
