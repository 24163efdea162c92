package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.Vectors.EXACT;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static io.amalgam.policy.mixture.Vectors.assertClose;
import static io.amalgam.policy.mixture.Vectors.auxiliary;
import static io.amalgam.policy.mixture.Vectors.gradient;
import static io.amalgam.policy.mixture.Vectors.rounding;
import static io.amalgam.policy.mixture.Vectors.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GumbelVectorsTest {
  private static final int[] IDS = {0, 1, 2};
  private static final double[] NOISE = {.2, 1.1, -.4};
  private static final double[] P = candidates(OLD);
  private static final double[] Q = candidates(NEW);
  private static final double[] G = perturbed();
  private static final float[] STORED = Actions.narrow(G);

  private static double[] candidates(ToyPolicy policy) {
    double sum = policy.p[0] + policy.p[1] + policy.p[2];
    return new double[] {policy.p[0] / sum, policy.p[1] / sum, policy.p[2] / sum};
  }

  private static double[] perturbed() {
    double[] g = new double[3];
    for (int j = 0; j < 3; j++) {
      g[j] = Math.log(P[j]) + NOISE[j];
    }
    return g;
  }

  @Test
  void actions() {
    assertClose(P, .62853172, .23122390, .14024438);
    assertClose(G, -.26436878, -.36436878, -2.36436878);
    double[][] expected = {
      {.73105858, .26894142, 5.5e-10},
      {.54533765, .44648470, .00817765},
      {.49326840, .44632771, .06040389}
    };
    double[] tau = {.1, .5, 1};
    for (int i = 0; i < 3; i++) {
      float[] w = Gumbel.weights(STORED, tau[i]);
      for (int j = 0; j < 3; j++) {
        assertThat((double) w[j]).isCloseTo(expected[i][j], within(3e-7));
      }
    }
  }

  @Test
  void sums() {
    MixtureLikelihood l = method("gumbel", 3, "terms", "per-slot").likelihood();
    MixtureAction action = auxiliary(STORED);
    assertThat(l.terms(action, OLD.features(IDS, 0))).hasSize(3);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.EXACT);
    double old = value(l, action, OLD, IDS) - rounding(STORED, G, slopes(P));
    double renewed = value(l, action, NEW, IDS) - rounding(STORED, G, slopes(Q));
    assertThat(old).isCloseTo(-3.543426534417332, EXACT);
    assertThat(renewed).isCloseTo(-3.7661279891040573, EXACT);
    assertThat(Math.exp(renewed - old)).isCloseTo(.8003537554932809, EXACT);
    assertClose(
        gradient(l, action, OLD, IDS, 0),
        within(3e-7),
        -.0428484864259526,
        .5846806098012587,
        -.5418321233753062,
        0,
        0);
    MixtureLikelihood joint = method("gumbel", 3).likelihood();
    assertThat(joint.terms(action, OLD.features(IDS, 0))).hasSize(1);
    assertThat(value(joint, action, OLD, IDS)).isCloseTo(value(l, action, OLD, IDS), within(1e-12));
  }

  /** Of the sum of log-densities by g'. */
  private static double[] slopes(double[] p) {
    double[] out = new double[3];
    for (int j = 0; j < 3; j++) {
      out[j] = -GumbelNoise.slope(G[j] - Math.log(p[j]));
    }
    return out;
  }

  @Test
  void publishedMeans() {
    MixtureLikelihood l = method("gumbel", 3, "likelihood", "published").likelihood();
    MixtureAction action = auxiliary(STORED);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
    double moved = rounding(STORED, G, slopes(Q)) - rounding(STORED, G, slopes(P));
    double difference = value(l, action, NEW, IDS) - value(l, action, OLD, IDS) - moved / 3;
    // Neither mask nor clamp bind here.
    assertThat(Math.exp(difference)).isCloseTo(.9284545788543058, EXACT);
  }

  @Test
  void thePublishedMeanLeavesOutImprobableCandidatesAndClampsTheNoise() {
    MixtureLikelihood l = method("gumbel", 3, "likelihood", "published").likelihood();
    ToyPolicy policy = new ToyPolicy(0, -1, -6);
    double total = 1 + Math.exp(-1) + Math.exp(-6);
    // Noise 5 is clamped to 3, noise −2 to −1.5; the third candidate is below e⁻³.
    float[] g = {
      (float) (5 - Math.log(total)), (float) (-2 - 1 - Math.log(total)), (float) (-6 + 1.0)
    };
    double expected = (-3 - Math.exp(-3) + 1.5 - Math.exp(1.5)) / 2;
    assertThat(value(l, auxiliary(g), policy, IDS)).isCloseTo(expected, EXACT);
    assertClose(gradient(l, auxiliary(g), policy, IDS, 0), 0, 0, 0);
  }

  @Test
  void concreteDensities() {
    MixtureAction action = auxiliary(STORED);
    for (double tau : new double[] {.1, .5, 1}) {
      MixtureLikelihood l =
          method("gumbel", 3, "likelihood", "concrete", "tau", Double.toString(tau)).likelihood();
      assertThat(l.kind()).isEqualTo(LikelihoodKind.EXACT);
      assertThat(l.terms(action, OLD.features(IDS, 0))).hasSize(1);
      double old = value(l, action, OLD, IDS) - rounding(STORED, G, concreteSlopes(P));
      double renewed = value(l, action, NEW, IDS) - rounding(STORED, G, concreteSlopes(Q));
      assertThat(renewed - old).isCloseTo(-0.20591713968927117, EXACT);
      if (tau == .5) {
        // The expectation is the density of the weights: that of the log-weights less Σ ln w.
        double jacobian = 0;
        for (double g : G) {
          jacobian += g / tau - CandidateLogits.logSumExp(scaled(tau));
        }
        assertThat(old - jacobian).isCloseTo(1.7096752306853893, EXACT);
        assertThat(renewed - jacobian).isCloseTo(1.5037580909961177, EXACT);
        assertThat(Math.exp(renewed - old)).isCloseTo(.8139005135384, EXACT);
      }
      assertClose(
          gradient(l, action, OLD, IDS, 0),
          within(3e-7),
          .07083014138868693,
          .622227726743178,
          -.6930578681318651,
          0,
          0);
    }
  }

  private static double[] scaled(double tau) {
    return new double[] {G[0] / tau, G[1] / tau, G[2] / tau};
  }

  private static double[] concreteSlopes(double[] p) {
    double[] x = new double[3];
    for (int j = 0; j < 3; j++) {
      x[j] = Math.log(p[j]) - G[j];
    }
    double[] share = Actions.softmax(x);
    return new double[] {3 * share[0] - 1, 3 * share[1] - 1, 3 * share[2] - 1};
  }

  @Test
  void clampedNoiseHasNoDensity() {
    for (String likelihood : new String[] {"default", "concrete", "published"}) {
      assertThat(
              method("gumbel", 3, "clamp", "paper", "likelihood", likelihood).likelihood().kind())
          .isEqualTo(LikelihoodKind.SURROGATE);
    }
  }

  /** In x = ln(w/(1−w)), the density with respect to dw/(w(1−w)) is that with respect to dx. */
  @Test
  void concreteDensitiesIntegrateToOne() {
    for (double tau : new double[] {.3, .5, 2}) {
      MixtureLikelihood l =
          method("gumbel", 2, "likelihood", "concrete", "tau", Double.toString(tau)).likelihood();
      FeatureRow row = OLD.features(new int[] {0, 1}, 0);
      int n = 8000;
      double reach = 40 / tau;
      double step = 2 * reach / n;
      double integral = 0;
      for (int i = 0; i < n; i++) {
        double x = -reach + (i + .5) * step;
        MixtureAction action = auxiliary((float) (tau * x), 0);
        integral += Math.exp(l.terms(action, row)[0]) * step;
      }
      assertThat(integral).isCloseTo(1, within(1e-5));
    }
  }
}
