package io.amalgam.policy.model;

import java.util.Optional;

/**
 * Rotary position embedding: base and, for long contexts, the scaling of its frequencies.
 *
 * @param theta base of the geometric row of frequencies
 * @param scaling for contexts longer than those of training, if any
 */
public record RotarySettings(double theta, Optional<RotaryScaling> scaling) {
  /** The angle per position of each of the {@code headDim / 2} planes, radians. */
  public double[] frequencies(int headDim) {
    double[] f = new double[headDim / 2];
    for (int i = 0; i < f.length; i++) {
      int plane = i;
      // rounded where published models round, so that angles agree far into a context
      float exponent = (float) (2 * i) / headDim;
      double plain = 1 / (float) Math.pow((float) theta, exponent);
      f[i] = scaling.map(s -> s.frequency(plain, plane, headDim, theta)).orElse(plain);
    }
    return f;
  }

  /** The same for sequences of at most so many positions. */
  RotarySettings forContext(int positions) {
    return new RotarySettings(theta, scaling.map(s -> s.forContext(positions)));
  }

  /** What cosines and sines are multiplied by, usually 1. */
  public double attentionFactor() {
    return scaling.map(RotaryScaling::attentionFactor).orElse(1.0);
  }
}
