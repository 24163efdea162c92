package io.amalgam.policy.mixture;

/** The log-density of a mixture action of several slots, or of a collapse event. */
interface ActionDensity {
  /** Whether its terms are densities, stand-ins, or absent. */
  LikelihoodKind kind();

  /**
   * Whether the term is a function of the fed weights, which a method must then keep in the
   * action's auxiliary values: at a closing marker what is fed is not what was sampled.
   */
  default boolean keepsWeights() {
    return false;
  }

  /**
   * Whether terms are log-densities of a continuous action, which have no upper bound, and not
   * logarithms of probabilities.
   */
  default boolean isDensity() {
    return false;
  }

  /** The log-prob terms, nats; their sum is the action's log-density. */
  double[] terms(MixtureAction action, FeatureRow row);

  /** Adds Σ_i upstream_i · ∂term_i/∂feature to the gradient. */
  void backward(MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out);
}
