package io.amalgam.policy.mixture;

import java.util.Arrays;

/** The making of steps, common to all methods. */
final class Actions {
  private Actions() {}

  /** An ordinary token: draw 0, fed one-hot. */
  static MixtureStep token(Candidates c, int k, MixtureLikelihood likelihood) {
    int[] ids = new int[k];
    Arrays.fill(ids, c.drawIds()[0]);
    return step(
        1,
        ids,
        oneHot(k, 0),
        0,
        false,
        new float[k],
        0,
        row(new float[] {c.drawLogProbs()[0]}, new float[] {0}),
        c,
        likelihood);
  }

  /**
   * The only token that a filter has left, fed one-hot. It is an ordinary token of log-prob 0 under
   * the same filter.
   */
  static MixtureStep top(Candidates c, int k, MixtureLikelihood likelihood) {
    int[] ids = new int[k];
    Arrays.fill(ids, c.topIds()[0]);
    return step(
        1,
        ids,
        oneHot(k, 0),
        0,
        false,
        new float[k],
        0,
        row(new float[] {c.topLogProbs()[0]}, new float[] {0}),
        c,
        likelihood);
  }

  /**
   * A token that had to come although the policy leaves others: the action is no random one, so
   * that it has no likelihood.
   */
  static MixtureStep certain(int id, Candidates c, int k) {
    return MixtureStep.forced(id, k, c.entropy());
  }

  /** How many of the first k draws there were: a filter may have left less than k tokens. */
  static int drawn(Candidates c, int k) {
    int n = 1;
    while (n < k && c.drawLogRemaining()[n] > Float.NEGATIVE_INFINITY) {
      n++;
    }
    return n;
  }

  /** How many of the first k most probable ids the filter keeps, at least 1. */
  static int kept(Candidates c, int k) {
    int n = 1;
    while (n < k && c.topLogProbs()[n] > Float.NEGATIVE_INFINITY) {
      n++;
    }
    return n;
  }

  /** [k] the first {@code slots} ids; the rest repeats slot 0. */
  static int[] padded(int[] ids, int slots, int k) {
    int[] out = Arrays.copyOf(ids, k);
    Arrays.fill(out, slots, k, ids[0]);
    return out;
  }

  /** A step with its behaviour log-prob terms, computed as replay will compute them. */
  static MixtureStep step(
      int slots,
      int[] ids,
      float[] weights,
      int representative,
      boolean collapsed,
      float[] auxiliary,
      float threshold,
      FeatureRow row,
      Candidates c,
      MixtureLikelihood likelihood) {
    MixtureAction action = new MixtureAction(slots, collapsed, representative, weights, auxiliary);
    double[] terms = likelihood.terms(action, row);
    float[] logProbs = new float[ids.length];
    for (int i = 0; i < terms.length; i++) {
      logProbs[i] = (float) terms[i];
    }
    return new MixtureStep(
        slots,
        ids,
        weights,
        representative,
        collapsed,
        auxiliary,
        threshold,
        c.support(),
        logProbs,
        terms.length,
        c.entropy());
  }

  /** A row without a collapse. */
  static FeatureRow row(float[] logProbs, float[] logRemaining) {
    return new FeatureRow(
        widen(logProbs), widen(logRemaining), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** f32 to double. */
  static double[] widen(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /** [k] with a 1 at {@code slot}. */
  static float[] oneHot(int k, int slot) {
    float[] weights = new float[k];
    weights[slot] = 1;
    return weights;
  }

  /** [k] weights 1/k. */
  static float[] uniform(int k) {
    float[] weights = new float[k];
    Arrays.fill(weights, 1f / k);
    return weights;
  }

  /** exp(logits) normalised to sum 1. */
  static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : logits) {
      max = Math.max(max, x);
    }
    double[] out = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = StrictMath.exp(logits[i] - max);
      sum += out[i];
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= sum;
    }
    return out;
  }

  /** Double to f32. */
  static float[] narrow(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  /** Index of the largest value, the first of equals. */
  static int heaviest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** A draw from a categorical distribution by inverse CDF. */
  static int categorical(float[] weights, double uniform) {
    double sum = 0;
    for (float w : weights) {
      sum += w;
    }
    double target = uniform * sum;
    int last = 0;
    double below = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        below += weights[i];
        if (target < below) {
          return i;
        }
      }
    }
    return last;
  }
}
