package io.amalgam.policy.model;

import java.util.Optional;

/**
 * Rotary position embedding: base and, for long contexts, a scaling of the frequencies. The
 * formulas are those of transformers ({@code modeling_rope_utils}).
 *
 * @param theta base of the geometric row of frequencies
 * @param scaling how the frequencies are changed, if they are
 */
public record RotarySettings(double theta, Optional<Scaling> scaling) {
  /** A change of the frequencies that stretches the context. */
  public sealed interface Scaling permits Llama3, Linear, Yarn {}

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
      double originalPositions)
      implements Scaling {}

  /**
   * Every wavelength stretched alike.
   *
   * @param factor the stretch
   */
  public record Linear(double factor) implements Scaling {}

  /**
   * YaRN (Peng et al., 2023): planes that turn often are kept, those that turn seldom stretched,
   * with a linear ramp between; queries and keys are scaled by the attention factor.
   *
   * @param factor stretch of the longest wavelengths
   * @param originalPositions context length before the extension
   * @param betaFast turns within the original context above which a plane is kept
   * @param betaSlow turns below which it is stretched fully
   * @param truncate whether the ends of the ramp are whole planes
   * @param attentionFactor what cosines and sines are multiplied with
   */
  public record Yarn(
      double factor,
      double originalPositions,
      double betaFast,
      double betaSlow,
      boolean truncate,
      double attentionFactor)
      implements Scaling {
    /** The attention factor that the paper gives for a stretch: 0.1 ln(factor) + 1. */
    public static double usualAttentionFactor(double factor) {
      return factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
    }
  }

  /** The angle per position of each of the {@code headDim / 2} planes, radians. */
  public double[] frequencies(int headDim) {
    double[] f = new double[headDim / 2];
    for (int i = 0; i < f.length; i++) {
      // rounded where published models round, so that angles agree far into a context
      float exponent = (float) (2 * i) / headDim;
      double plain = 1 / (float) Math.pow((float) theta, exponent);
      f[i] = scaling.map(s -> scaled(plain, s)).orElse(plain);
    }
    if (scaling.isPresent() && scaling.get() instanceof Yarn) {
      ramp(f, (Yarn) scaling.get(), headDim);
    }
    return f;
  }

  /** What cosines and sines are multiplied with; 1 except for YaRN. */
  public double attentionFactor() {
    return scaling.map(s -> s instanceof Yarn ? ((Yarn) s).attentionFactor() : 1.0).orElse(1.0);
  }

  private static double scaled(double frequency, Scaling scaling) {
    if (scaling instanceof Linear) {
      return frequency / ((Linear) scaling).factor;
    }
    return scaling instanceof Llama3 ? scaled(frequency, (Llama3) scaling) : frequency;
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

  private void ramp(double[] frequencies, Yarn s, int headDim) {
    double low = plane(s.betaFast, s, headDim);
    double high = plane(s.betaSlow, s, headDim);
    if (s.truncate) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, headDim - 1);
    if (low == high) {
      high += 0.001;
    }
    for (int i = 0; i < frequencies.length; i++) {
      double stretched = Math.min(1, Math.max(0, (i - low) / (high - low)));
      frequencies[i] *= stretched / s.factor + (1 - stretched);
    }
  }

  /** The plane that turns so often within the original context. */
  private double plane(double turns, Yarn s, int headDim) {
    return headDim * Math.log(s.originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }
}
