package io.amalgam.policy.kernel;

/** The number format in which matrix products are computed. */
public enum ComputeFormat {
  /** Single precision everywhere, the key/value cache included: exact, the reference. */
  F32,
  /** Weights, activations and cache in bf16, sums and the vocabulary's softmax in f32. */
  BF16,
  /** bf16 where a short measurement finds it clearly faster, see {@code FormatProbe}. */
  AUTO
}
