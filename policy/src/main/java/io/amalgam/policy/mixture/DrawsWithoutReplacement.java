package io.amalgam.policy.mixture;

/**
 * The probability of distinct tokens in the order drawn, or of the event that the lighter of two
 * was dropped.
 *
 * <p>Ordered draws (Plackett–Luce): term j = log p(s_j) − log Σ_{v ∉ s_&lt;j} p_v.
 *
 * <p>Collapse to h: with C the tokens that would have been dropped beside h, either order of the
 * pair, summed over C: log p_h + log(Σ_C p_j / (1−p_h) + Σ_C p_j / (1−p_j)). One term.
 */
final class DrawsWithoutReplacement implements ActionDensity {
  /**
   * Stands for log 0 when no token of the current policy lies below the stored threshold any more:
   * small enough to be clipped away by every loss, finite so that nothing becomes NaN.
   */
  static final double NEVER = -50;

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.EXACT;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    if (action.collapsed()) {
      return new double[] {row.logProbs()[0] + logDropped(row)};
    }
    double[] terms = new double[action.slots()];
    for (int j = 0; j < terms.length; j++) {
      terms[j] = row.logProbs()[j] - (j == 0 ? 0 : row.logRemaining()[j]);
    }
    return terms;
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    if (!action.collapsed()) {
      for (int j = 0; j < upstream.length; j++) {
        out.logProbs[j] += upstream[j];
        if (j > 0) {
          out.logRemaining[j] -= upstream[j];
        }
      }
      return;
    }
    double g = upstream[0];
    out.logProbs[0] += g;
    if (empty(row)) {
      return;
    }
    double total = logDropped(row);
    double afterHeavy = Math.exp(row.logBelow() - row.logRemaining()[1] - total);
    out.logBelow += g * afterHeavy;
    out.logRemaining[1] -= g * afterHeavy;
    out.logOddsBelow += g * Math.exp(row.logOddsBelow() - total);
  }

  private static double logDropped(FeatureRow row) {
    if (empty(row)) {
      return NEVER;
    }
    double a = row.logBelow() - row.logRemaining()[1];
    double b = row.logOddsBelow();
    double max = Math.max(a, b);
    return max + Math.log(Math.exp(a - max) + Math.exp(b - max));
  }

  private static boolean empty(FeatureRow row) {
    return row.logBelow() == Double.NEGATIVE_INFINITY;
  }
}
