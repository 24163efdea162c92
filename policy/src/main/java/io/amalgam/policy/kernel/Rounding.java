package io.amalgam.policy.kernel;

/** Which bf16 kernels decode on a processor; f32 knows no difference. */
public enum Rounding {
  /** Those that round as training does, so that a row has the same bits generated or replayed. */
  ALIKE,
  /** The fastest; log-probabilities differ from the trainer's by a few hundredths. */
  FAST
}
