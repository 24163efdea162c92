package io.amalgam.policy.kernel;

/** What a decoder makes of the weights it is given. */
public enum SamplerPrecision {
  /** It computes with the weights as they are. */
  EXACT,
  /**
   * It rounds matrices and their inputs to 8 bits, which is faster and samples from another
   * distribution than the policy's: what it records are its own log-probabilities, and training
   * must correct for the ratio.
   */
  INT8
}
