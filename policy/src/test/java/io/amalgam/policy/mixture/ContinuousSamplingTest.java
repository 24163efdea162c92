package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.ToyPolicy.sum;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods whose action is continuous: what is sampled has the density that the likelihood says. */
class ContinuousSamplingTest {
  private static final int N = 20_000;
  private static final double[] P3 = renormalised(OLD, 3);
  private static final double[] Q3 = renormalised(NEW, 3);

  private static double[] renormalised(ToyPolicy policy, int n) {
    double[] out = java.util.Arrays.copyOf(policy.p, n);
    double total = sum(out);
    for (int j = 0; j < n; j++) {
      out[j] /= total;
    }
    return out;
  }

  private static MixtureStep step(MixtureMethod m, int position) {
    DrawKey key = new DrawKey(8, 1, 2, position);
    return m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key);
  }

  @Test
  void theHeaviestOfAGumbelMixtureIsADrawFromTheCandidatesAtEveryTemperature() {
    for (String tau : List.of("0.01", "0.5", "5")) {
      MixtureMethod m = method("gumbel", 3, "tau", tau);
      double[] seen = new double[3];
      for (int position = 0; position < N; position++) {
        MixtureStep step = step(m, position);
        assertThat(step.representative()).isEqualTo(Actions.heaviest(step.weights()));
        seen[step.representative()] += 1.0 / N;
      }
      for (int j = 0; j < 3; j++) {
        assertThat(seen[j]).isCloseTo(P3[j], within(4 * Math.sqrt(P3[j] * (1 - P3[j]) / N)));
      }
    }
  }

  @Test
  void exactRatiosHaveMeanOne() {
    for (MixtureMethod m :
        List.of(
            method("gumbel", 3),
            method("gumbel", 5, "tau", "0.5", "terms", "per-slot"),
            method("gumbel", 3, "likelihood", "concrete"),
            method("gumbel", 5, "likelihood", "concrete", "tau", "1"),
            method("dirichlet", 3, "concentration", "3"),
            method("cot2-dirichlet", 5),
            method("cot2-dirichlet", 4, "gamma", "4", "floor", "0.1"))) {
      assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.EXACT);
      Mean ratio = ratio(m, -1);
      assertThat(ratio.value()).as(m.spec().toString()).isCloseTo(1, within(4 * ratio.error()));
    }
  }

  @Test
  void surrogateRatiosDoNot() {
    for (MixtureMethod m :
        List.of(
            method("gumbel", 3, "likelihood", "published"),
            method("latent-gumbel", 2, "nucleus-least", "3", "nucleus-most", "5"))) {
      assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.SURROGATE);
      Mean ratio = ratio(m, -1);
      assertThat(Math.abs(ratio.value() - 1))
          .as(m.spec().toString())
          .isGreaterThan(4 * ratio.error());
    }
  }

  /** The mean ratio among the steps of one representative is that of its probabilities. */
  @Test
  void ratiosByRepresentativeAreThoseOfCategoricalDraws() {
    for (String likelihood : List.of("exact", "concrete")) {
      MixtureMethod m = method("gumbel", 3, "likelihood", likelihood);
      for (int j = 0; j < 3; j++) {
        Mean ratio = ratio(m, j);
        assertThat(ratio.value()).isCloseTo(Q3[j] / P3[j], within(4 * ratio.error()));
      }
    }
  }

  @Test
  void exactScoresHaveMeanZero() {
    for (MixtureMethod m :
        List.of(
            method("gumbel", 3),
            method("gumbel", 3, "likelihood", "concrete"),
            method("dirichlet", 3, "concentration", "3"),
            method("cot2-dirichlet", 5, "floor", "0.05"))) {
      double[] mean = new double[5];
      double[] square = new double[5];
      for (int position = 0; position < N; position++) {
        MixtureStep step = step(m, position);
        double[] g = Vectors.gradient(m.likelihood(), ToyPolicy.action(step), OLD, step.ids(), 0);
        for (int v = 0; v < 5; v++) {
          mean[v] += g[v] / N;
          square[v] += g[v] * g[v] / N;
        }
      }
      for (int v = 0; v < 5; v++) {
        assertThat(mean[v])
            .as(m.spec().toString())
            .isCloseTo(0, within(4 * Math.sqrt(square[v] / N) + 1e-9));
      }
    }
  }

  /** Integrating the common level of g' out halves the variance at three candidates. */
  @Test
  void theConcreteScoreIsLessNoisyThanThatOfThePerturbedLogProbs() {
    MixtureMethod gumbel = method("gumbel", 3);
    MixtureMethod concrete = method("gumbel", 3, "likelihood", "concrete");
    double[] variance = new double[2];
    for (int position = 0; position < N; position++) {
      MixtureStep step = step(gumbel, position);
      double noise = step.auxiliary()[1] - Math.log(P3[1]);
      variance[0] += Math.pow(GumbelNoise.slope(noise), 2) / N;
      double score =
          concrete
              .likelihood()
              .backward(ToyPolicy.action(step), OLD.features(step.ids(), 0), new double[] {1})
              .logProbs()[1];
      variance[1] += score * score / N;
    }
    assertThat(variance[0]).isCloseTo(1, within(.1));
    assertThat(variance[1]).isCloseTo(.5, within(.05));
  }

  private record Mean(double value, double error) {}

  /** Of the new policy's to the old one's density; of one representative, or of all with −1. */
  private static Mean ratio(MixtureMethod m, int representative) {
    MixtureLikelihood l = m.likelihood();
    double total = 0;
    double squares = 0;
    int n = 0;
    for (int position = 0; position < N; position++) {
      MixtureStep step = step(m, position);
      if (representative >= 0 && step.representative() != representative) {
        continue;
      }
      MixtureAction action = ToyPolicy.action(step);
      double ratio =
          Math.exp(
              sum(l.terms(action, NEW.features(step.ids(), 0)))
                  - sum(l.terms(action, OLD.features(step.ids(), 0))));
      total += ratio;
      squares += ratio * ratio;
      n++;
    }
    double mean = total / n;
    return new Mean(mean, Math.sqrt((squares / n - mean * mean) / n));
  }

  @Test
  void cot2WeightsHaveTheMomentsOfTheirDirichlet() {
    MixtureMethod m = method("cot2-dirichlet", 5, "floor", "0.1", "gamma", "2");
    double[] mean = new double[3];
    double[] square = new double[3];
    for (int position = 0; position < N; position++) {
      float[] w = step(m, position).weights();
      for (int j = 0; j < 3; j++) {
        mean[j] += w[j] / (double) N;
        square[j] += (double) w[j] * w[j] / N;
      }
    }
    for (int j = 0; j < 3; j++) {
      double variance = P3[j] * (1 - P3[j]) / 3;
      assertThat(mean[j]).isCloseTo(P3[j], within(4 * Math.sqrt(variance / N)));
      assertThat(square[j] - mean[j] * mean[j]).isCloseTo(variance, within(.1 * variance));
    }
  }

  @Test
  void clampedNoiseStaysInItsRange() {
    MixtureMethod m = method("gumbel", 3, "clamp", "paper");
    int atLowerEnd = 0;
    for (int position = 0; position < 2000; position++) {
      MixtureStep step = step(m, position);
      for (int j = 0; j < 3; j++) {
        double noise = step.auxiliary()[j] - Math.log(P3[j]);
        assertThat(noise).isBetween(-1.500001, 3.000001);
        atLowerEnd += noise < -1.499999 ? 1 : 0;
      }
    }
    // P(G < −1.5) = exp(−e^1.5) = .0113
    assertThat(atLowerEnd / 6000.0).isCloseTo(.0113, within(.006));
  }

  @Test
  void latentScoresFallFromSlotToSlotAndLieAboveTheLogProbs() {
    MixtureMethod m = method("latent-gumbel", 3, "nucleus-least", "2", "nucleus-most", "5");
    for (int position = 0; position < 2000; position++) {
      MixtureStep step = step(m, position);
      assertThat(step.slots()).isEqualTo(3);
      assertThat(step.representative()).isZero();
      for (int j = 0; j < 3; j++) {
        double noise = step.auxiliary()[j] - Math.log(OLD.p[step.ids()[j]]);
        assertThat(noise).isBetween(-1e-6, 4.500001);
        assertThat(step.ids()[j]).isLessThan(4);
        if (j > 0) {
          assertThat(step.auxiliary()[j]).isLessThanOrEqualTo(step.auxiliary()[j - 1]);
        }
        double relative = Math.exp(step.auxiliary()[j] - step.auxiliary()[0]);
        assertThat(step.weights()[j] / step.weights()[0])
            .isCloseTo((float) relative, within(1e-5f));
      }
    }
  }

  /** .563 + .207 + .126 = .896, + .076 = .972. */
  @Test
  void theNucleusIsTheSmallestThatHoldsItsMassAndItsLeastSize() {
    assertThat(slots("0.9", "1")).isEqualTo(4);
    assertThat(slots("0.89", "1")).isEqualTo(3);
    assertThat(slots("0.5", "2")).isEqualTo(2);
    assertThat(slots("0.5", "5")).isEqualTo(5);
    MixtureMethod one =
        method("latent-gumbel", 5, "nucleus", "0.5", "nucleus-least", "1", "nucleus-most", "5");
    assertThat(step(one, 0).terms()).isZero();
  }

  private static int slots(String nucleus, String least) {
    return step(
            method(
                "latent-gumbel",
                5,
                "nucleus",
                nucleus,
                "nucleus-least",
                least,
                "nucleus-most",
                "5"),
            3)
        .slots();
  }
}
