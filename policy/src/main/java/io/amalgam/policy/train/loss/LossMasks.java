package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Which sequences and positions stay in the policy term. */
final class LossMasks {
  private LossMasks() {}

  /**
   * [N] false for sequences with a negative advantage whose mean over terms of log behaviour − log
   * π exceeds the threshold: mistakes of a policy that is gone.
   */
  static boolean[] sequences(LossBatch batch, OptionalDouble threshold) {
    boolean[] keep = new boolean[batch.sequences()];
    Arrays.fill(keep, true);
    if (threshold.isEmpty()) {
      return keep;
    }
    double[] from =
        batch.behaviourLogProbs().length > 0 ? batch.behaviourLogProbs() : batch.oldLogProbs();
    for (int i = 0; i < keep.length; i++) {
      double sum = 0;
      int n = 0;
      for (int p = batch.sequenceStarts()[i]; p < batch.sequenceStarts()[i + 1]; p++) {
        for (int q = batch.termStarts()[p]; batch.mask()[p] && q < batch.termStarts()[p + 1]; q++) {
          double d = from.length == 0 ? 0 : from[q] - batch.newLogProbs()[q];
          sum += Double.isNaN(d) ? 0 : d;
          n++;
        }
      }
      keep[i] = batch.advantages()[i] >= 0 || sum / Math.max(1, n) <= threshold.getAsDouble();
    }
    return keep;
  }

  /**
   * [P] true for unmasked positions whose entropy is at least the (1 − share) quantile of the
   * micro-batch's unmasked entropies (linear interpolation).
   */
  static boolean[] entropies(LossBatch batch, double share) {
    if (share >= 1) {
      return batch.mask();
    }
    if (batch.entropies().length == 0) {
      throw new IllegalArgumentException("an entropy quantile needs entropies");
    }
    double[] sorted = new double[batch.maskedInPositions()];
    int n = 0;
    for (int p = 0; p < batch.positions(); p++) {
      if (batch.mask()[p]) {
        sorted[n++] = batch.entropies()[p];
      }
    }
    double threshold = quantile(sorted, 1 - share);
    boolean[] keep = new boolean[batch.positions()];
    for (int p = 0; p < keep.length; p++) {
      keep[p] = batch.mask()[p] && batch.entropies()[p] >= threshold;
    }
    return keep;
  }

  /** The q-quantile with linear interpolation; sorts {@code values}; 0 of nothing. */
  static double quantile(double[] values, double q) {
    if (values.length == 0) {
      return 0;
    }
    Arrays.sort(values);
    double at = q * (values.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, values.length - 1);
    return values[low] + (at - low) * (values[high] - values[low]);
  }
}
