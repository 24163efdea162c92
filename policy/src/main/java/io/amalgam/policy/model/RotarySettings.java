package io.amalgam.policy.model;

import java.util.Optional;

/**
 * Rotary position embedding: base and, for long contexts, the frequency scaling of Llama 3.
 *
 * @param theta base of the geometric row of frequencies
 * @param scaling Llama 3 scaling, if any
 */
public record RotarySettings(double theta, Optional<Llama3> scaling) {
  /**
   * The piecewise scaling of Llama 3.1: long wavelengths are stretched by {@code factor}, short
   * ones kept, those between blended.
   *
   * @param factor stretch of the longest wavelengths
   * @param lowFrequencyFactor wavelengths above originalPositions/this are stretched fully
   * @param highFrequencyFactor wavelengths below originalPositions/this are kept
   * @param originalPositions context length before the extension
   */
  public record Llama3(
      double factor,
      double lowFrequencyFactor,
      double highFrequencyFactor,
      double originalPositions) {}

  /** The angle per position of each of the {@code headDim / 2} planes, radians. */
  public double[] frequencies(int headDim) {
    double[] f = new double[headDim / 2];
    for (int i = 0; i < f.length; i++) {
      double plain = Math.pow(theta, -2.0 * i / headDim);
      f[i] = scaling.map(s -> scaled(plain, s)).orElse(plain);
    }
    return f;
  }

  private static double scaled(double frequency, Llama3 s) {
    double wavelength = 2 * Math.PI / frequency;
    if (wavelength > s.originalPositions / s.lowFrequencyFactor) {
      return frequency / s.factor;
    }
    if (wavelength < s.originalPositions / s.highFrequencyFactor) {
      return frequency;
    }
    double blend =
        (s.originalPositions / wavelength - s.lowFrequencyFactor)
            / (s.highFrequencyFactor - s.lowFrequencyFactor);
    return (1 - blend) * frequency / s.factor + blend * frequency;
  }
}
