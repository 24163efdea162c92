package io.amalgam.policy.train;

/**
 * A learning-rate schedule: linear warm-up, then constant or a fall along a line or a cosine.
 *
 * <p>A function of the step alone, so that a resumed run goes on with the same rates.
 *
 * @param peak highest rate, above 0
 * @param warmupSteps steps over which the rate rises from 0; 0 = none
 * @param decaySteps step at which the fall, which begins after the warm-up, ends; 0 = no fall
 * @param finalShare share of {@code peak} that is left from {@code decaySteps} on, 0 to 1
 * @param fall the way it falls
 */
public record LearningRate(
    double peak, int warmupSteps, int decaySteps, double finalShare, Fall fall) {
  /** How a rate falls from its peak to its final share. */
  public enum Fall {
    /** By the same amount in every step. */
    LINEAR,
    /** Along half a period of a cosine: slowly, fast, slowly (Loshchilov and Hutter, 2017). */
    COSINE
  }

  /** Checks the ranges. */
  public LearningRate {
    if (!(peak > 0) || warmupSteps < 0 || decaySteps < 0 || !(finalShare >= 0 && finalShare <= 1)) {
      throw new IllegalArgumentException(
          "peak "
              + peak
              + ", warm-up "
              + warmupSteps
              + ", decay "
              + decaySteps
              + ", final share "
              + finalShare
              + " out of range");
    }
    if (decaySteps > 0 && decaySteps <= warmupSteps) {
      throw new IllegalArgumentException(
          "the fall until step " + decaySteps + " would end before the warm-up of " + warmupSteps);
    }
  }

  /** A schedule with a linear fall, or with none if {@code decaySteps} is 0. */
  public LearningRate(double peak, int warmupSteps, int decaySteps, double finalShare) {
    this(peak, warmupSteps, decaySteps, finalShare, Fall.LINEAR);
  }

  /** The rate of a step, counted from 1. */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * step / warmupSteps;
    }
    if (decaySteps == 0) {
      return peak;
    }
    double done = Math.min(1, (step - warmupSteps) / (double) (decaySteps - warmupSteps));
    double fallen =
        switch (fall) {
          case LINEAR -> done;
          case COSINE -> (1 - Math.cos(Math.PI * done)) / 2;
        };
    return peak * (1 - fallen * (1 - finalShare));
  }
}
