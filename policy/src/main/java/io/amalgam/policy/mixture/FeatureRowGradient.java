package io.amalgam.policy.mixture;

/** The derivative of a scalar with respect to each entry of a {@link FeatureRow}. Mutable. */
public final class FeatureRowGradient {
  final double[] logProbs;
  final double[] logRemaining;
  double logBelow;
  double logOddsBelow;

  /** All zero, for {@code k} slots. */
  public FeatureRowGradient(int k) {
    logProbs = new double[k];
    logRemaining = new double[k];
  }

  /** [k], shared. */
  public double[] logProbs() {
    return logProbs;
  }

  /** [k], shared. */
  public double[] logRemaining() {
    return logRemaining;
  }

  /** With respect to the log of the mass below the threshold. */
  public double logBelow() {
    return logBelow;
  }

  /** With respect to the log of the summed odds below the threshold. */
  public double logOddsBelow() {
    return logOddsBelow;
  }
}
