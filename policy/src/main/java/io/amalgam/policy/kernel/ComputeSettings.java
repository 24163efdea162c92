package io.amalgam.policy.kernel;

/**
 * Where and how kernels compute.
 *
 * @param threads operator threads of one call, at least 1; the product of all callers that run at
 *     the same time should not exceed the cores
 * @param format number format of the products
 * @param device {@code cpu}, or {@code cuda:0} and so on where the native library has it
 * @param sampler whether decoding rounds the weights to 8 bits; training never does
 */
public record ComputeSettings(
    int threads, ComputeFormat format, String device, SamplerPrecision sampler) {
  /** The exact sampler. */
  public ComputeSettings(int threads, ComputeFormat format, String device) {
    this(threads, format, device, SamplerPrecision.EXACT);
  }

  /** Checks the thread count and the device's spelling. */
  public ComputeSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
    }
    if (!device.matches("cpu|cuda:\\d+")) {
      throw new IllegalArgumentException(
          "device is \"" + device + "\", must be cpu or cuda:<number>");
    }
  }
}
