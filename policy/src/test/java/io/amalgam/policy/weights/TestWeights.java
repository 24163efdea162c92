package io.amalgam.policy.weights;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small bf16 models for tests. */
final class TestWeights {
  private TestWeights() {}

  static HostTensor bf16(short... words) {
    ByteBuffer b = ByteBuffer.allocateDirect(words.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    b.asShortBuffer().put(words);
    return new HostTensor(DType.BF16, new long[] {words.length}, b);
  }

  static short[] words(HostTensor t) {
    short[] out = new short[t.bytes().remaining() / 2];
    t.bytes().asShortBuffer().get(out);
    return out;
  }

  static ModelWeights one(short... words) {
    return new ModelWeights(new TreeMap<>(Map.of("w", bf16(words))));
  }

  /** Weights of the usual size, as bf16. */
  static ModelWeights random(Random random, int... sizes) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    for (int i = 0; i < sizes.length; i++) {
      short[] w = new short[sizes[i]];
      for (int j = 0; j < w.length; j++) {
        w[j] = HostTensor.toBf16Bits((float) (0.02 * random.nextGaussian()));
      }
      tensors.put("layer." + i, bf16(w));
    }
    return new ModelWeights(tensors);
  }

  /** Every word moved with probability {@code share} by at most {@code reach} places. */
  static ModelWeights moved(ModelWeights from, Random random, double share, int reach) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    from.tensors()
        .forEach(
            (name, t) -> {
              short[] w = words(t);
              for (int j = 0; j < w.length; j++) {
                if (random.nextDouble() < share) {
                  w[j] += (short) (random.nextInt(2 * reach + 1) - reach);
                }
              }
              tensors.put(name, bf16(w));
            });
    return new ModelWeights(tensors);
  }

  static PublishedWeights published(long number, ModelWeights weights) {
    return PublishedWeights.of(WeightVersion.of(number), weights);
  }

  static boolean sameBits(ModelWeights a, ModelWeights b) {
    if (!a.tensors().keySet().equals(b.tensors().keySet())) {
      return false;
    }
    for (String name : a.tensors().keySet()) {
      if (!a.get(name).bytes().equals(b.get(name).bytes())) {
        return false;
      }
    }
    return true;
  }
}
