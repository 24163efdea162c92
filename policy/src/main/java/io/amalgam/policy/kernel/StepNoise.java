package io.amalgam.policy.kernel;

import java.util.Arrays;

/**
 * The noise of one decode step of a method that adds some to what it feeds. D is the hidden size.
 *
 * @param scale standard deviation σ of the noise in each dimension; 0: there is none
 * @param fed [B, D] what is added to the fed vectors, σ included; 0 in rows fed plainly
 * @param drawn [B, D] standard normal noise ε of the positions to be sampled
 */
public record StepNoise(float scale, float[] fed, float[] drawn) {
  /** No noise. */
  public static final StepNoise NONE = new StepNoise(0, new float[0], new float[0]);

  /** Checks that the arrays agree. */
  public StepNoise {
    if (!(scale >= 0) || fed.length != drawn.length || (scale > 0) != (fed.length > 0)) {
      throw new IllegalArgumentException(
          "noise of scale " + scale + " with " + fed.length + " and " + drawn.length + " values");
    }
  }

  /** Whether there is noise. */
  public boolean on() {
    return scale > 0;
  }

  /** The noise of rows {@code from} … {@code to}−1 of {@code rows}. */
  StepNoise part(int from, int to, int rows) {
    int hidden = fed.length / rows;
    return on()
        ? new StepNoise(
            scale,
            Arrays.copyOfRange(fed, from * hidden, to * hidden),
            Arrays.copyOfRange(drawn, from * hidden, to * hidden))
        : NONE;
  }
}
