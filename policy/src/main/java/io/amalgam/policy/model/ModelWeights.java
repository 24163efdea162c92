package io.amalgam.policy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tensors of a model in host memory, by their Hugging Face names (for example {@code
 * model.layers.0.mlp.up_proj.weight}).
 *
 * <p>A tied head appears once, as {@code model.embed_tokens.weight}. Immutable.
 *
 * @param tensors name to tensor, in alphabetical order
 */
public record ModelWeights(SortedMap<String, HostTensor> tensors) {
  /** Copies the map. */
  public ModelWeights {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /** The tensor of that name; an unknown name is an error. */
  public HostTensor get(String name) {
    HostTensor t = tensors.get(name);
    if (t == null) {
      throw new IllegalArgumentException("the model has no tensor named " + name);
    }
    return t;
  }

  /** The number of parameters. */
  public long parameters() {
    return tensors.values().stream().mapToLong(HostTensor::elements).sum();
  }

  /**
   * The same weights stored as {@code dtype}, F32 or BF16 (nearest, ties to even); tensors that are
   * stored so already are shared.
   */
  public ModelWeights as(DType dtype) {
    SortedMap<String, HostTensor> out = new TreeMap<>();
    tensors.forEach((name, t) -> out.put(name, convert(t, dtype)));
    return new ModelWeights(out);
  }

  private static HostTensor convert(HostTensor t, DType dtype) {
    if (t.dtype() == dtype) {
      return t;
    }
    float[] values = t.toFloats();
    return switch (dtype) {
      case F32 -> HostTensor.ofFloats(values, t.shape());
      case BF16 -> {
        ByteBuffer b = ByteBuffer.allocateDirect(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
          b.putShort(2 * i, HostTensor.toBf16Bits(values[i]));
        }
        yield new HostTensor(DType.BF16, t.shape(), b);
      }
      case F16, I64 -> throw new IllegalArgumentException("weights are not stored as " + dtype);
    };
  }
}
