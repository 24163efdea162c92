package io.amalgam.policy.mixture;

import java.util.Arrays;

/**
 * A stand-in for the density of a mixture: Σ_j w_j log p(s_j), one term.
 *
 * <p>With {@link Weighting#POLICY} the weights are softmax(log p(s)) of the policy being trained
 * and carry gradient, as in the paper (arXiv 2509.21482); with {@link Weighting#SAMPLED} they are
 * the sampled ones and constant, with {@link Weighting#SAMPLED_LOG} too; with {@link
 * Weighting#EQUAL} it is the geometric mean of the draws' probabilities.
 *
 * <p>Sampled weights are read from the auxiliary values of the action, not from the fed weights: a
 * closing marker is sampled as a mixture but fed alone.
 */
final class WeightedTokens implements ActionDensity {
  enum Weighting {
    POLICY,
    /** The auxiliary values are the weights. */
    SAMPLED,
    /** The weights are the softmax of the auxiliary values, divided by a temperature. */
    SAMPLED_LOG,
    EQUAL
  }

  private final Weighting weighting;
  private final double temperature;

  WeightedTokens(Weighting weighting) {
    this(weighting, 1);
  }

  /** {@code temperature} divides the auxiliary values of {@link Weighting#SAMPLED_LOG}. */
  WeightedTokens(Weighting weighting, double temperature) {
    this.weighting = weighting;
    this.temperature = temperature;
  }

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.SURROGATE;
  }

  @Override
  public boolean keepsWeights() {
    return weighting == Weighting.SAMPLED;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    return new double[] {value(weights(action, row), row)};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] w = weights(action, row);
    double value = value(w, row);
    for (int j = 0; j < w.length; j++) {
      double slope = w[j];
      if (weighting == Weighting.POLICY) {
        slope += w[j] * (row.logProbs()[j] - value);
      }
      out.logProbs[j] += upstream[0] * slope;
    }
  }

  private double[] weights(MixtureAction action, FeatureRow row) {
    int slots = action.slots();
    return switch (weighting) {
      case POLICY -> Actions.softmax(Arrays.copyOf(row.logProbs(), slots));
      case SAMPLED -> Arrays.copyOf(Actions.widen(action.auxiliary()), slots);
      case SAMPLED_LOG -> Actions.softmax(scaled(action.auxiliary(), slots));
      case EQUAL -> Actions.widen(Actions.uniform(slots));
    };
  }

  private double[] scaled(float[] auxiliary, int slots) {
    double[] out = new double[slots];
    for (int j = 0; j < slots; j++) {
      out[j] = auxiliary[j] / temperature;
    }
    return out;
  }

  private static double value(double[] w, FeatureRow row) {
    double sum = 0;
    for (int j = 0; j < w.length; j++) {
      if (w[j] > 0) {
        sum += w[j] * row.logProbs()[j];
      }
    }
    return sum;
  }
}
