package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.action;
import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The density of noisy averages against the same computed with vectors. */
class GaussianTest {
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final ToyPolicy NEW = ToyPolicy.renewed();
  private static final int H = 7;
  private static final DrawKey KEY = new DrawKey(3, 1, 2, 0);

  /** Embeddings of five tokens. */
  private static double[][] embeddings() {
    Random random = new Random(8);
    double[][] e = new double[5][H];
    for (double[] row : e) {
      for (int d = 0; d < H; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return e;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static double[] noise(DrawKey key) {
    float[] out = new float[H];
    FeedNoise.write(key, 1, out, 0, H);
    return Actions.widen(out);
  }

  /** What the decode step finds for the most probable ids of a policy. */
  private static Candidates candidates(
      MixtureMethod m, ToyPolicy policy, float scale, DrawKey key) {
    Candidates c = policy.candidates(m.request(), key);
    double[][] e = embeddings();
    double[] epsilon = noise(key);
    int top = c.topIds().length;
    float[] projections = new float[top];
    float[] products = new float[top * top];
    for (int i = 0; i < top; i++) {
      projections[i] = (float) dot(e[c.topIds()[i]], epsilon);
      for (int j = 0; j < top; j++) {
        products[i * top + j] = (float) dot(e[c.topIds()[i]], e[c.topIds()[j]]);
      }
    }
    return new Candidates(
        c.drawIds(),
        c.drawLogProbs(),
        c.drawLogRemaining(),
        c.logBelow(),
        c.logOddsBelow(),
        c.topIds(),
        c.topLogProbs(),
        c.entropy(),
        c.support(),
        c.fullEntropy(),
        c.mostProbable(),
        c.watchedLogProb(),
        new EmbeddingGeometry(scale, (float) dot(epsilon, epsilon), projections, products));
  }

  /** −‖x − Σ p̂ E‖² / (2σ²) with x as it was fed. */
  private static double direct(MixtureStep step, ToyPolicy policy, double scale, double tau) {
    double[][] e = embeddings();
    double[] epsilon = noise(KEY);
    double[] z = new double[step.slots()];
    for (int j = 0; j < z.length; j++) {
      z[j] = Math.log(policy.p[step.ids()[j]]) / tau;
    }
    double[] p = Actions.softmax(z);
    double sum = 0;
    for (int d = 0; d < H; d++) {
      double difference = scale * epsilon[d];
      for (int j = 0; j < p.length; j++) {
        difference += (step.weights()[j] - p[j]) * e[step.ids()[j]][d];
      }
      sum += difference * difference;
    }
    return -sum / (2 * scale * scale);
  }

  @ParameterizedTest
  @CsvSource({"soft, 0.5, 2", "soft, 0.5, 4", "fuzzy, 0.0001, 3"})
  void theTermIsTheDensityOfTheVector(String form, double tau, int k) {
    MixtureMethod m = method("gaussian", k, "form", form);
    float scale = .3f;
    MixtureStep step = m.sample(candidates(m, OLD, scale, KEY), Phase.MIXTURE, KEY);
    assertThat(step.slots()).isEqualTo(k);
    assertThat(step.terms()).isEqualTo(1);
    assertThat(step.auxiliary()).hasSize(m.auxiliaryWidth());
    double square = dot(noise(KEY), noise(KEY));
    assertThat((double) step.logProbs()[0]).isCloseTo(-square / 2, within(1e-5));
    for (ToyPolicy policy : new ToyPolicy[] {OLD, NEW}) {
      double term = m.likelihood().terms(action(step), policy.features(step.ids(), 0))[0];
      assertThat(term).isCloseTo(direct(step, policy, scale, tau), within(1e-4));
    }
    MixtureStep closing = step.fedOneHot();
    assertThat(m.likelihood().terms(action(closing), NEW.features(step.ids(), 0)))
        .isEqualTo(m.likelihood().terms(action(step), NEW.features(step.ids(), 0)));
  }

  /** μ = (.1, −.2), x = (.15, −.1), σ = .1, with all weight on an embedding that is μ. */
  @Test
  void workedExample() {
    GaussianDensity density = new GaussianDensity(2, 2);
    double[][] e = {{.1, -.2}, {.3, .4}};
    double[] epsilon = {.5, 1};
    float[] auxiliary =
        GaussianDensity.auxiliary(
            2,
            2,
            new float[] {1, 0},
            new EmbeddingGeometry(
                .1f,
                1.25f,
                new float[] {(float) dot(e[0], epsilon), (float) dot(e[1], epsilon)},
                new float[] {
                  (float) dot(e[0], e[0]),
                  (float) dot(e[0], e[1]),
                  (float) dot(e[1], e[0]),
                  (float) dot(e[1], e[1])
                }));
    MixtureAction action = new MixtureAction(2, false, 0, new float[] {1, 0}, auxiliary);
    FeatureRow certain = new FeatureRow(new double[] {0, -400}, new double[2], 0, 0);
    assertThat(density.terms(action, certain)[0]).isCloseTo(-.625, within(1e-8));
    double constant = -Math.log(2 * Math.PI * .1 * .1);
    assertThat(density.terms(action, certain)[0] + constant).isCloseTo(2.1422931195, within(1e-8));
  }

  /** The example of the documentation: x = (1.1308, −.3808), σ = .5, unit embeddings. */
  @Test
  void workedExampleOfTwoPolicies() {
    MixtureMethod m = method("gaussian", 2);
    float[] unit = {1, 0, 0, 1};
    float[] weights = {.8807970779778823f, .1192029220221176f};
    float[] auxiliary =
        GaussianDensity.auxiliary(
            2, 2, weights, new EmbeddingGeometry(.5f, 1.25f, new float[] {.5f, -1}, unit));
    MixtureAction action = new MixtureAction(2, false, 0, weights, auxiliary);
    int[] ids = {0, 1};
    assertThat(m.likelihood().terms(action, OLD.features(ids, 0))[0])
        .isCloseTo(-.625, within(1e-7));
    assertThat(m.likelihood().terms(action, NEW.features(ids, 0))[0])
        .isCloseTo(-.43027662, within(1e-7));
  }

  @Test
  void derivativesAreThoseOfFiniteDifferences() {
    for (int k : new int[] {2, 3, 5}) {
      MixtureMethod m = method("gaussian", k, "tau", "0.7");
      MixtureStep step = m.sample(candidates(m, OLD, .4f, KEY), Phase.MIXTURE, KEY);
      MixtureLikelihood l = m.likelihood();
      double[] z = {2.3, .8, .6, 0, -.6};
      FeatureRowGradient g =
          l.backward(action(step), NEW.features(step.ids(), 0), new double[] {1});
      double[] gradient = NEW.toLogits(g, step.ids(), 0);
      double h = 1e-5;
      for (int v = 0; v < 5; v++) {
        double[] up = z.clone();
        double[] down = z.clone();
        up[v] += h;
        down[v] -= h;
        double expected =
            (l.terms(action(step), new ToyPolicy(up).features(step.ids(), 0))[0]
                    - l.terms(action(step), new ToyPolicy(down).features(step.ids(), 0))[0])
                / (2 * h);
        assertThat(gradient[v]).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
      }
    }
  }

  /** Under the policy that sampled, exp of the difference has mean 1 and the score mean 0. */
  @Test
  void ratiosHaveMeanOneAndScoresMeanZero() {
    MixtureMethod m = method("gaussian", 3);
    float scale = .8f;
    int n = 40_000;
    double sum = 0;
    double squares = 0;
    double score = 0;
    double scoreSquares = 0;
    for (int i = 0; i < n; i++) {
      DrawKey key = KEY.at(i);
      MixtureStep step = m.sample(candidates(m, OLD, scale, key), Phase.MIXTURE, key);
      MixtureLikelihood l = m.likelihood();
      double[] before = l.terms(action(step), OLD.features(step.ids(), 0));
      double ratio = Math.exp(l.terms(action(step), NEW.features(step.ids(), 0))[0] - before[0]);
      sum += ratio;
      squares += ratio * ratio;
      double g =
          l.backward(action(step), OLD.features(step.ids(), 0), new double[] {1}).logProbs()[0];
      score += g;
      scoreSquares += g * g;
    }
    double mean = sum / n;
    assertThat(mean).isCloseTo(1, within(4 * Math.sqrt((squares / n - mean * mean) / n)));
    assertThat(score / n).isCloseTo(0, within(4 * Math.sqrt(scoreSquares / n / n)));
  }

  @Test
  void hardAndOneSlotAreOrdinarySampling() {
    for (MixtureMethod m :
        new MixtureMethod[] {method("gaussian", 1), method("gaussian", 3, "form", "hard")}) {
      MixtureStep step = m.sample(OLD.candidates(m.request(), KEY), Phase.MIXTURE, KEY);
      assertThat(step.slots()).isEqualTo(1);
      assertThat(step.weights()[0]).isEqualTo(1);
      assertThat(m.feedRule()).isEqualTo(FeedRule.SUM);
      assertThat(m.auxiliaryWidth()).isEqualTo(m.spec().k());
      assertThat(step.logProbs()[0]).isEqualTo((float) Math.log(OLD.p[step.ids()[0]]));
    }
  }

  @Test
  void aDecodeStepWithoutNoiseIsRefused() {
    MixtureMethod m = method("gaussian", 2);
    assertThatThrownBy(() -> m.sample(OLD.candidates(m.request(), KEY), Phase.MIXTURE, KEY))
        .hasMessageContaining("geometry");
  }

  @Test
  void theNoiseIsStandardNormalAndTheKeysAlone() {
    int n = 20_001;
    float[] a = new float[n];
    float[] b = new float[n + 2];
    FeedNoise.write(KEY, 1, a, 0, n);
    FeedNoise.write(KEY, 2, b, 1, n);
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      assertThat(b[i + 1]).isEqualTo(2 * a[i]);
      sum += a[i];
      squares += (double) a[i] * a[i];
      fourth += Math.pow(a[i], 4);
    }
    double error = 4 / Math.sqrt(n);
    assertThat(sum / n).isCloseTo(0, within(error));
    assertThat(squares / n).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(fourth / n).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(b[0]).isZero();
    assertThat(b[n + 1]).isZero();
    float[] other = new float[n];
    FeedNoise.write(KEY.at(1), 1, other, 0, n);
    assertThat(Arrays.equals(a, other)).isFalse();
  }
}
