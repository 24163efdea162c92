package io.amalgam.policy.model;

/** A number format of stored tensors, with its size and its safetensors name. */
public enum DType {
  /** IEEE 754 single precision. */
  F32("F32", 4),
  /** The upper half of a single-precision number: 8 exponent bits, 7 explicit mantissa bits. */
  BF16("BF16", 2),
  /** IEEE 754 half precision. */
  F16("F16", 2),
  /** 64-bit signed integers; in test vectors only. */
  I64("I64", 8);

  private final String safetensorsName;
  private final int bytes;

  DType(String safetensorsName, int bytes) {
    this.safetensorsName = safetensorsName;
    this.bytes = bytes;
  }

  /** The name used in a safetensors header. */
  public String safetensorsName() {
    return safetensorsName;
  }

  /** The size of one element in bytes. */
  public int bytes() {
    return bytes;
  }
}
