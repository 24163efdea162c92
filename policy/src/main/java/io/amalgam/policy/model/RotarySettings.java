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
      // in f32, as published models compute them, so that angles agree far into a context
      float period = (float) Math.pow((float) theta, (float) (2 * i) / headDim);
      f[i] = scaling.map(s -> s.frequency(period, plane, headDim, theta)).orElse(1 / period);
    }
    return f;
  }

  /**
   * Whether longer sequences than the model's context would need other frequencies for all of it.
   */
  public boolean growsBeyondContext() {
    return scaling.filter(s -> s instanceof RotaryScaling.Dynamic).isPresent();
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
