package io.amalgam.policy.model;

import java.util.List;

/**
 * How the frequencies of rotary positions are changed for contexts longer than those of training.
 */
public sealed interface RotaryScaling {
  /**
   * The angle per position of one plane, radians, with the roundings of f32 in their order.
   *
   * @param period positions per radian without scaling
   * @param plane from 0, the fastest
   * @param headDim width of one head
   * @param theta base of the frequencies without scaling
   */
  float frequency(float period, int plane, int headDim, double theta);

  /** What cosines and sines are multiplied by. */
  default double attentionFactor() {
    return 1;
  }

  /** The scaling for sequences of at most so many positions. */
  default RotaryScaling forContext(int positions) {
    return this;
  }

  /**
   * Positions are divided by {@code factor} (Chen et al. 2023, position interpolation).
   *
   * @param factor stretch of every wavelength
   */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public float frequency(float period, int plane, int headDim, double theta) {
      return 1 / period / (float) factor;
    }
  }

  /**
   * The base grows with sequences longer than the model's context. Within the context, which no
   * sequence of a policy leaves, the frequencies are those without scaling.
   *
   * @param factor growth of the base, kept for libraries that go beyond the context
   */
  record Dynamic(double factor) implements RotaryScaling {
    @Override
    public float frequency(float period, int plane, int headDim, double theta) {
      return 1 / period;
    }
  }

  /**
   * The piecewise scaling of Llama 3.1: long wavelengths are stretched by {@code factor}, short
   * ones kept, those between blended.
   *
   * @param factor stretch of the longest wavelengths
   * @param lowFrequencyFactor wavelengths above originalPositions/this are stretched fully
   * @param highFrequencyFactor wavelengths below originalPositions/this are kept
   * @param originalPositions context length before the extension
   */
  record Llama3(
      double factor,
      double lowFrequencyFactor,
      double highFrequencyFactor,
      double originalPositions)
      implements RotaryScaling {
    @Override
    public float frequency(float period, int plane, int headDim, double theta) {
      float frequency = 1 / period;
      float wavelength = 1 / frequency * (float) (2 * Math.PI);
      if (wavelength > (float) (originalPositions / lowFrequencyFactor)) {
        return frequency / (float) factor;
      }
      if (wavelength < (float) (originalPositions / highFrequencyFactor)) {
        return frequency;
      }
      float blend =
          (1 / wavelength * (float) originalPositions - (float) lowFrequencyFactor)
              / (float) (highFrequencyFactor - lowFrequencyFactor);
      return (1 - blend) * frequency / (float) factor + blend * frequency;
    }
  }

  /**
   * YaRN (Peng et al. 2023): planes that turn fewer than {@code betaSlow} times within the original
   * context are stretched by {@code factor}, those that turn more than {@code betaFast} times are
   * kept, those between blended linearly by their number.
   *
   * @param factor stretch of the slowest planes
   * @param originalPositions context length before the extension
   * @param betaFast turns above which a plane is kept
   * @param betaSlow turns below which a plane is stretched fully
   * @param truncate whether the bounds between the planes are rounded outwards
   * @param attentionFactor what cosines and sines are multiplied by
   */
  record Yarn(
      double factor,
      double originalPositions,
      double betaFast,
      double betaSlow,
      boolean truncate,
      double attentionFactor)
      implements RotaryScaling {
    /** The attention factor of the paper, {@code 0.1 scale ln(factor) + 1}; 1 without a stretch. */
    public static double usualAttentionFactor(double factor, double scale) {
      return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    @Override
    public float frequency(float period, int plane, int headDim, double theta) {
      double low = planeOf(betaFast, headDim, theta);
      double high = planeOf(betaSlow, headDim, theta);
      double from = Math.max(truncate ? Math.floor(low) : low, 0);
      double to = Math.min(truncate ? Math.ceil(high) : high, headDim - 1);
      float width = (float) (from == to ? to + 0.001 - from : to - from);
      float kept = 1 - Math.min(Math.max((plane - (float) from) / width, 0), 1);
      return 1 / ((float) factor * period) * (1 - kept) + 1 / period * kept;
    }

    /** The plane, as a fraction, that turns so many times within the original context. */
    private double planeOf(double turns, int headDim, double theta) {
      return headDim * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }
  }

  /**
   * LongRoPE (Ding et al. 2024): every plane has a stretch of its own, one for sequences within the
   * original context and one for longer ones. A policy keeps to one of the two for all its
   * sequences, since keys in a cache cannot change theirs.
   *
   * @param shortFactors [headDim / 2] stretch of each plane within the original context
   * @param longFactors [headDim / 2] stretch of each plane beyond it
   * @param originalPositions context length before the extension
   * @param attentionFactor what cosines and sines are multiplied by
   * @param beyond whether {@code longFactors} are in use
   */
  record LongRope(
      List<Double> shortFactors,
      List<Double> longFactors,
      double originalPositions,
      double attentionFactor,
      boolean beyond)
      implements RotaryScaling {
    /** Copies the lists. */
    public LongRope {
      shortFactors = List.copyOf(shortFactors);
      longFactors = List.copyOf(longFactors);
    }

    /** The attention factor of the paper, √(1 + ln(factor) / ln(original)); 1 without a stretch. */
    public static double usualAttentionFactor(double factor, double originalPositions) {
      return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(originalPositions));
    }

    @Override
    public RotaryScaling forContext(int positions) {
      return new LongRope(
          shortFactors,
          longFactors,
          originalPositions,
          attentionFactor,
          positions > originalPositions);
    }

    @Override
    public float frequency(float period, int plane, int headDim, double theta) {
      return 1 / ((float) (double) (beyond ? longFactors : shortFactors).get(plane) * period);
    }
  }
}
