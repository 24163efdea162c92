package io.amalgam.policy.mixture;

import java.util.Arrays;

/** The policy's log-probabilities of an action's candidates, renormalised to them. */
final class CandidateLogits {
  private CandidateLogits() {}

  /** [slots] log p̂_j = log p(s_j) − log Σ_i p(s_i). */
  static double[] normalised(MixtureAction action, FeatureRow row) {
    return normalised(Arrays.copyOf(row.logProbs(), action.slots()));
  }

  /** The same of any log-weights. */
  static double[] normalised(double[] logWeights) {
    double total = logSumExp(logWeights);
    double[] out = new double[logWeights.length];
    for (int j = 0; j < out.length; j++) {
      out[j] = logWeights[j] - total;
    }
    return out;
  }

  /** Adds a gradient with respect to log p̂ to that with respect to log p. */
  static void addThrough(double[] logP, double[] slopes, double scale, FeatureRowGradient out) {
    double total = Arrays.stream(slopes).sum();
    for (int j = 0; j < slopes.length; j++) {
      out.logProbs[j] += scale * (slopes[j] - Math.exp(logP[j]) * total);
    }
  }

  /** log Σ e^x. */
  static double logSumExp(double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : x) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (double v : x) {
      sum += StrictMath.exp(v - max);
    }
    return max + StrictMath.log(sum);
  }
}
