package io.amalgam.policy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;

/** Weights in the number format in which versions are published: bf16, rounded to nearest even. */
public final class PublishedValues {
  private PublishedValues() {}

  /** The bf16 values of {@code weights}; tensors that are bf16 already are kept as they are. */
  public static ModelWeights of(ModelWeights weights) {
    SortedMap<String, HostTensor> out = new TreeMap<>();
    weights.tensors().forEach((name, tensor) -> out.put(name, rounded(tensor)));
    return new ModelWeights(out);
  }

  private static HostTensor rounded(HostTensor tensor) {
    if (tensor.dtype() == DType.BF16) {
      return tensor;
    }
    float[] values = tensor.toFloats();
    ByteBuffer bits = ByteBuffer.allocateDirect(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      bits.putShort(HostTensor.toBf16Bits(v));
    }
    bits.flip();
    return new HostTensor(DType.BF16, tensor.shape(), bits);
  }
}
