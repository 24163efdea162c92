package io.amalgam.policy.mixture;

/**
 * The log-density of a method's actions as a function of a row of features, with its derivative.
 *
 * <p>A position with one slot that is no collapse event is an ordinary token for every method: one
 * term, log p(id). Thread-safe.
 */
public final class MixtureLikelihood {
  private final ActionDensity density;
  private final boolean joint;

  /**
   * @param density density of the mixture positions
   * @param joint whether the terms of a position are summed into one, so that a loss clips them
   *     together
   */
  MixtureLikelihood(ActionDensity density, boolean joint) {
    this.density = density;
    this.joint = joint;
  }

  /** What the terms of mixture positions are. */
  public LikelihoodKind kind() {
    return density.kind();
  }

  /** Whether terms of mixture positions are log-densities of a continuous action. */
  public boolean isDensity() {
    return density.isDensity();
  }

  /**
   * The auxiliary values [k] of an action of a method that has none of its own: the sampled weights
   * where the likelihood is a function of them, else 0.
   */
  float[] auxiliary(float[] weights) {
    return density.keepsWeights() ? weights.clone() : new float[weights.length];
  }

  /** The log-prob terms of an action under the policy of the row, nats; their sum is the whole. */
  public double[] terms(MixtureAction action, FeatureRow row) {
    if (isToken(action)) {
      return new double[] {row.logProbs()[0]};
    }
    double[] terms = density.terms(action, row);
    if (!joint || terms.length < 2) {
      return terms;
    }
    double sum = 0;
    for (double term : terms) {
      sum += term;
    }
    return new double[] {sum};
  }

  /**
   * The gradient of Σ_i upstream_i · term_i with respect to the features of the row.
   *
   * @param upstream derivative of the scalar of interest by each term of {@link #terms}
   */
  public FeatureRowGradient backward(MixtureAction action, FeatureRow row, double[] upstream) {
    FeatureRowGradient out = new FeatureRowGradient(row.logProbs().length);
    if (isToken(action)) {
      out.logProbs[0] += upstream[0];
      return out;
    }
    double[] perTerm = upstream;
    if (joint) {
      perTerm = new double[density.terms(action, row).length];
      java.util.Arrays.fill(perTerm, upstream.length == 0 ? 0 : upstream[0]);
    }
    density.backward(action, row, perTerm, out);
    return out;
  }

  private static boolean isToken(MixtureAction action) {
    return action.slots() == 1 && !action.collapsed();
  }
}
