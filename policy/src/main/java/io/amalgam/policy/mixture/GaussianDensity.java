package io.amalgam.policy.mixture;

import java.util.Arrays;

/**
 * The Gaussian log-density of a noisy average embedding without its constant: −‖x − Σ_j p̂_j E_j‖²
 * / (2σ²), p̂ the policy's average over the candidates. One term.
 *
 * <p>With x = Σ_j w_j E_j + σ ε, w the average of the policy that sampled, and d = w − p̂, this is
 * −(dᵀ G d + 2σ dᵀ b + σ² ‖ε‖²) / (2σ²), where G_ij = E_i·E_j and b_j = E_j·ε. These numbers of the
 * embedding that sampled are the auxiliary values, so that no vector is stored or needed. That the
 * embedding too depends on the weights being trained is left out, as in the published methods: the
 * gradient goes through p̂ alone.
 *
 * <p>The behaviour value is −‖ε‖²/2 up to the rounding of w; ‖ε‖² is kept as f32, so that value and
 * stored term agree although it grows with the hidden size.
 *
 * <p>Auxiliary values: w [k], σ, ‖ε‖², b [k], G [k (k + 1) / 2] as rows of the lower triangle.
 */
final class GaussianDensity implements ActionDensity {
  private final int k;
  private final double sharpness;

  /**
   * @param sharpness p̂ is softmax(sharpness · log p) over the candidates
   */
  GaussianDensity(int k, double sharpness) {
    this.k = k;
    this.sharpness = sharpness;
  }

  /** Number of auxiliary values. */
  static int width(int k) {
    return 2 * k + 2 + k * (k + 1) / 2;
  }

  /** Which auxiliary value is σ. */
  static int scaleIndex(int k) {
    return k;
  }

  /** The weights of the average, softmax(sharpness · log p) over the first {@code slots}. */
  static double[] average(double[] logProbs, int slots, double sharpness) {
    double[] scaled = Arrays.copyOf(logProbs, slots);
    for (int j = 0; j < slots; j++) {
      scaled[j] *= sharpness;
    }
    return Actions.softmax(scaled);
  }

  /** The auxiliary values of an action. */
  static float[] auxiliary(int k, int slots, float[] weights, EmbeddingGeometry g) {
    if (!(g.scale() > 0)) {
      throw new IllegalArgumentException("the candidates of a noisy mixture lack their geometry");
    }
    int top = g.projections().length;
    float[] out = new float[width(k)];
    System.arraycopy(weights, 0, out, 0, k);
    out[k] = g.scale();
    out[k + 1] = g.noiseSquare();
    System.arraycopy(g.projections(), 0, out, k + 2, slots);
    for (int i = 0; i < slots; i++) {
      System.arraycopy(g.products(), i * top, out, triangle(k, i, 0), i + 1);
    }
    return out;
  }

  private static int triangle(int k, int i, int j) {
    return 2 * k + 2 + i * (i + 1) / 2 + j;
  }

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.EXACT;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    double[] d = difference(action, row);
    double[] gd = product(action, d);
    double scale = action.auxiliary()[k];
    double sum = scale * scale * action.auxiliary()[k + 1];
    for (int j = 0; j < d.length; j++) {
      sum += d[j] * (gd[j] + 2 * scale * action.auxiliary()[k + 2 + j]);
    }
    return new double[] {-sum / (2 * scale * scale)};
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    double[] p = average(row.logProbs(), action.slots(), sharpness);
    double[] gd = product(action, difference(action, row));
    double scale = action.auxiliary()[k];
    double[] slope = new double[p.length];
    double mean = 0;
    for (int j = 0; j < p.length; j++) {
      slope[j] = (gd[j] + scale * action.auxiliary()[k + 2 + j]) / (scale * scale);
      mean += p[j] * slope[j];
    }
    for (int j = 0; j < p.length; j++) {
      out.logProbs[j] += upstream[0] * sharpness * p[j] * (slope[j] - mean);
    }
  }

  /** w − p̂. */
  private double[] difference(MixtureAction action, FeatureRow row) {
    double[] d = average(row.logProbs(), action.slots(), sharpness);
    for (int j = 0; j < d.length; j++) {
      d[j] = action.auxiliary()[j] - d[j];
    }
    return d;
  }

  /** G d. */
  private double[] product(MixtureAction action, double[] d) {
    double[] out = new double[d.length];
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < d.length; j++) {
        out[i] += action.auxiliary()[triangle(k, Math.max(i, j), Math.min(i, j))] * d[j];
      }
    }
    return out;
  }
}
