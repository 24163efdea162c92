package io.amalgam.policy.kernel;

/** How a decoder keeps its matrices; the order is the kernels' (see {@code layers.py}). */
enum Packing {
  /** As they are: the same bits as in training, and fastest for small models. */
  PLAIN,
  /** Packed for oneDNN, activations fused with their products. */
  FUSED,
  /** Packed for oneDNN, with the bits that plain matrices give. */
  ALIKE,
  /** Rounded to int8 with a scale per row; inputs are rounded to int8 as they come. */
  INT8;

  /** The kernels' number of it. */
  int code() {
    return ordinal();
  }

  /** Whether gate and up are two matrices. */
  boolean splitsGate() {
    return this == FUSED;
  }
}
