package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.random.KeyedStream;
import java.util.Arrays;

/**
 * The Dirichlet log-density of the log-weights given the candidates: lnΓ(c) + Σ_j [c p̂_j ln w_j −
 * lnΓ(c p̂_j)], with p̂ renormalised over the candidates. One term.
 *
 * <p>This is the density with respect to dw / Π_j w_j, that is the usual one plus Σ_j ln w_j. The
 * policy does not enter that difference, so ratios and gradients are the same; but where p̂_j → 0,
 * ln w_j is of the order of 1/(c p̂_j), and the usual value, (c p̂_j − 1) ln w_j, would be too
 * large to be stored in f32 to a fraction of a nat, while c p̂_j ln w_j stays of order 1.
 *
 * <p>With a floor, probabilities below it are raised to it before they are renormalised, and carry
 * no gradient while they are.
 *
 * <p>The log-weights are the action's auxiliary values, because the weights themselves underflow.
 * The behaviour value is computed from the rounded f32 log-weights that are stored: they are the
 * action, so that replay sees the very same.
 */
final class DirichletDensity implements ActionDensity {
  private final double concentration;
  private final double logFloor;

  DirichletDensity(double concentration) {
    this(concentration, 0);
  }

  /** {@code floor}: the least probability of a candidate, in [0, 1). */
  DirichletDensity(double concentration, double floor) {
    this.concentration = concentration;
    this.logFloor = Math.log(floor);
  }

  /**
   * The step in which the {@code slots} most probable tokens get weights from this distribution;
   * the representative is a draw from the weights.
   */
  MixtureStep sample(Candidates c, int slots, int k, DrawKey key, MixtureLikelihood likelihood) {
    float[] logProbs = Arrays.copyOf(c.topLogProbs(), slots);
    double[] p = candidates(Actions.widen(logProbs));
    KeyedStream noise = key.stream(DrawPurpose.WEIGHTS.number());
    double[] gammas = new double[slots];
    for (int j = 0; j < slots; j++) {
      gammas[j] = noise.nextLogGamma(shape(concentration, p[j]));
    }
    float[] auxiliary = Arrays.copyOf(Actions.narrow(CandidateLogits.normalised(gammas)), k);
    float[] weights = Arrays.copyOf(Actions.narrow(Actions.softmax(gammas)), k);
    int recorded =
        Actions.categorical(weights, key.stream(DrawPurpose.REPRESENTATIVE.number()).nextUniform());
    return Actions.step(
        slots,
        Actions.padded(c.topIds(), slots, k),
        weights,
        recorded,
        false,
        auxiliary,
        0,
        Actions.row(logProbs, new float[slots]),
        c,
        likelihood);
  }

  /** c·p̂, kept above 0. */
  static double shape(double concentration, double p) {
    return Math.max(concentration * p, 1e-30);
  }

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.EXACT;
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    double[] p = candidates(action, row);
    double sum = Gamma.logGamma(concentration);
    for (int j = 0; j < p.length; j++) {
      double shape = shape(concentration, p[j]);
      sum += shape * action.auxiliary()[j] - Gamma.logGamma(shape);
    }
    return new double[] {sum};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] p = candidates(action, row);
    double[] slope = new double[p.length];
    double mean = 0;
    for (int j = 0; j < p.length; j++) {
      // p̂·∂/∂p̂ stays finite where p̂ → 0: ψ(x) ~ −1/x.
      slope[j] =
          concentration
              * p[j]
              * (action.auxiliary()[j] - Gamma.digamma(shape(concentration, p[j])));
      mean += slope[j];
    }
    for (int j = 0; j < p.length; j++) {
      if (row.logProbs()[j] > logFloor) {
        out.logProbs[j] += upstream[0] * (slope[j] - p[j] * mean);
      }
    }
  }

  private double[] candidates(MixtureAction action, FeatureRow row) {
    return candidates(Arrays.copyOf(row.logProbs(), action.slots()));
  }

  /** p̂ [slots] of log-probabilities. */
  double[] candidates(double[] logProbs) {
    double[] raised = new double[logProbs.length];
    for (int j = 0; j < raised.length; j++) {
      raised[j] = Math.max(logProbs[j], logFloor);
    }
    return Actions.softmax(raised);
  }
}
