package io.amalgam.policy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Initial weights of a new model: N(0, 0.02²), projections into the residual stream divided by
 * √(2·layers) (as in GPT-2), norms 1, biases 0.
 *
 * <p>Every value is a function of seed, tensor name and index alone, computed with {@link
 * StrictMath}: the same seed gives the same bits on every machine.
 */
public final class RandomInit {
  private static final double STANDARD_DEVIATION = 0.02;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RandomInit() {}

  /** f32 weights for that configuration. */
  public static ModelWeights weights(ModelConfig config, long seed) {
    Map<String, HostTensor> out = new ConcurrentHashMap<>();
    ParameterLayout.of(config).entrySet().parallelStream()
        .forEach(e -> out.put(e.getKey(), tensor(config, seed, e.getKey(), e.getValue())));
    return new ModelWeights(new TreeMap<>(out));
  }

  private static HostTensor tensor(ModelConfig config, long seed, String name, long[] shape) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(4 * n)).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer values = bytes.asFloatBuffer();
    if (name.endsWith("norm.weight")) {
      while (values.hasRemaining()) {
        values.put(1f);
      }
    } else if (!name.endsWith(".bias")) {
      boolean residual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
      double scale = STANDARD_DEVIATION / (residual ? Math.sqrt(2.0 * config.layers()) : 1);
      fill(values, mix(seed ^ mix(hash(name))), scale);
    }
    return new HostTensor(DType.F32, shape, bytes);
  }

  /** Pairs of normal values from pairs of uniforms (Box and Muller, 1958). */
  private static void fill(FloatBuffer values, long key, double scale) {
    long counter = 0;
    while (values.hasRemaining()) {
      double u = uniform(key + GOLDEN * ++counter);
      double angle = 2 * Math.PI * uniform(key + GOLDEN * ++counter);
      double radius = scale * StrictMath.sqrt(-2 * StrictMath.log(u));
      values.put((float) (radius * StrictMath.cos(angle)));
      if (values.hasRemaining()) {
        values.put((float) (radius * StrictMath.sin(angle)));
      }
    }
  }

  private static double uniform(long state) {
    return ((mix(state) >>> 11) + 0.5) * 0x1p-53;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /** FNV-1a over the name's characters. */
  private static long hash(String name) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x100000001B3L;
    }
    return h;
  }
}
