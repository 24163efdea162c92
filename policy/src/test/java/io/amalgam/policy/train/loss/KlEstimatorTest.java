package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The estimators by enumeration of a five-token vocabulary, and the term that they make. */
final class KlEstimatorTest {
  private static final double[] REFERENCE = {2, 1, .5, 0, -1};
  private static final double[] POLICY = {2.3, .8, .6, 0, -.6};
  private static final double KL = 0.018437198100139;
  private static final double REVERSE = 0.019693282910667;

  private static double[] logSoftmax(double... z) {
    double sum = 0;
    for (double x : z) {
      sum += Math.exp(x);
    }
    double[] out = new double[z.length];
    for (int v = 0; v < z.length; v++) {
      out[v] = z[v] - Math.log(sum);
    }
    return out;
  }

  private static double kl(double[] from, double[] to) {
    double[] p = logSoftmax(from);
    double[] q = logSoftmax(to);
    double sum = 0;
    for (int v = 0; v < p.length; v++) {
      sum += Math.exp(p[v]) * (p[v] - q[v]);
    }
    return sum;
  }

  /** Σ_a π(a) estimate(a). */
  private static double mean(KlEstimator e) {
    double[] p = logSoftmax(POLICY);
    double[] q = logSoftmax(REFERENCE);
    double sum = 0;
    for (int a = 0; a < p.length; a++) {
      sum += Math.exp(p[a]) * e.value(q[a] - p[a]);
    }
    return sum;
  }

  /** Σ_a π(a) slope(a) ∂ log π(a) / ∂ z_v, with the ratio's gradient for the unbiased one. */
  private static double meanGradient(KlEstimator e, int v) {
    double[] p = logSoftmax(POLICY);
    double[] q = logSoftmax(REFERENCE);
    double sum = 0;
    for (int a = 0; a < p.length; a++) {
      double d = q[a] - p[a];
      double slope = e.slope(d) + (e == KlEstimator.UNBIASED ? e.value(d) : 0);
      sum += Math.exp(p[a]) * slope * ((a == v ? 1 : 0) - Math.exp(p[v]));
    }
    return sum;
  }

  private static double slopeOf(int v, boolean reverse) {
    double h = 1e-6;
    double[] up = POLICY.clone();
    double[] down = POLICY.clone();
    up[v] += h;
    down[v] -= h;
    return reverse
        ? (kl(REFERENCE, up) - kl(REFERENCE, down)) / (2 * h)
        : (kl(up, REFERENCE) - kl(down, REFERENCE)) / (2 * h);
  }

  @Test
  void knownDivergencesHold() {
    assertThat(kl(POLICY, REFERENCE)).isCloseTo(KL, within(1e-14));
    assertThat(kl(REFERENCE, POLICY)).isCloseTo(REVERSE, within(1e-14));
  }

  @ParameterizedTest
  @EnumSource(names = {"K1", "K3", "K3_PLUS", "UNBIASED"})
  void theMeanOfTheUnbiasedValuesIsTheDivergence(KlEstimator e) {
    assertThat(mean(e)).isCloseTo(KL, within(1e-14));
  }

  @Test
  void k2HasASmallBias() {
    assertThat(mean(KlEstimator.K2)).isNotCloseTo(KL, within(1e-5)).isCloseTo(KL, within(2e-3));
  }

  @Test
  void knownTermsHold() {
    double[] now = {-.6, -.55, -2.5, -.4, -1.9};
    double[] old = {-1, -.5, -2, -.7, -1.2};
    double[] k3 = {.07032005, .00127110, .14872127, .04081822, .31375271};
    for (int q = 0; q < k3.length; q++) {
      assertThat(KlEstimator.K3.value(old[q] - now[q])).isCloseTo(k3[q], within(5e-9));
      assertThat(KlEstimator.K1.value(old[q] - now[q])).isEqualTo(now[q] - old[q]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"K2", "K3_PLUS", "UNBIASED"})
  void theMeanGradientIsThatOfTheDivergence(KlEstimator e) {
    for (int v = 0; v < POLICY.length; v++) {
      assertThat(meanGradient(e, v)).isCloseTo(slopeOf(v, false), within(1e-9));
    }
  }

  @Test
  void k3HasTheGradientOfTheReverseDivergenceAndK1None() {
    double apart = 0;
    for (int v = 0; v < POLICY.length; v++) {
      assertThat(meanGradient(KlEstimator.K3, v)).isCloseTo(slopeOf(v, true), within(1e-9));
      assertThat(meanGradient(KlEstimator.K1, v)).isCloseTo(0, within(1e-15));
      apart = Math.max(apart, Math.abs(meanGradient(KlEstimator.K3, v) - slopeOf(v, false)));
    }
    assertThat(apart).isGreaterThan(1e-3);
  }

  private static LossBatch batch(long seed) {
    Random random = new Random(seed);
    int[] terms = {0, 2, 3, 5, 5, 6};
    double[] now = random.doubles(6, -3, 0).toArray();
    double[] old = now.clone();
    double[] reference = now.clone();
    for (int q = 0; q < now.length; q++) {
      old[q] += .2 * random.nextGaussian();
      reference[q] += .5 * random.nextGaussian();
    }
    return LossBatch.of(
            new int[] {0, 3, 5},
            terms,
            new double[] {0, 0},
            new boolean[] {true, true, false, false, true},
            now)
        .withOld(old)
        .withReference(reference)
        .withDivergences(random.doubles(5).toArray());
  }

  @ParameterizedTest
  @EnumSource(KlEstimator.class)
  void theTermIsTheReducedEstimateAndItsGradientTheSlope(KlEstimator e) {
    for (String reduction : new String[] {"token_mean", "sequence_mean_token_mean"}) {
      for (String level : new String[] {"term", "position", "sequence"}) {
        PolicyLoss loss =
            LossCatalog.create(
                "grpo",
                Map.of(
                    "kl",
                    "0.3",
                    "kl-estimator",
                    e.label(),
                    "level",
                    level,
                    "reduction",
                    reduction));
        LossBatch b = batch(5);
        LossResult r = loss.evaluate(b);
        assertThat(r.metrics().get("kl")).isPositive();
        double h = 1e-6;
        for (int q = 0; q < b.terms() && e != KlEstimator.K3_PLUS; q++) {
          double up = loss.evaluate(b.withNew(moved(b.newLogProbs(), q, h))).loss();
          double down = loss.evaluate(b.withNew(moved(b.newLogProbs(), q, -h))).loss();
          assertThat(r.gradient()[q]).isCloseTo((up - down) / (2 * h), within(1e-8));
        }
        for (int p = 0; p < b.positions(); p++) {
          double up = loss.evaluate(b.withDivergences(moved(b.divergences(), p, h))).loss();
          double down = loss.evaluate(b.withDivergences(moved(b.divergences(), p, -h))).loss();
          assertThat(r.divergenceGradient()[p]).isCloseTo((up - down) / (2 * h), within(1e-9));
        }
      }
    }
  }

  private static double[] moved(double[] values, int at, double by) {
    double[] out = values.clone();
    out[at] += by;
    return out;
  }

  @Test
  void k3PlusIsK3ByValueAndK2ByGradient() {
    LossResult plus = of("k3+").evaluate(batch(5));
    assertThat(plus.loss()).isEqualTo(of("k3").evaluate(batch(5)).loss());
    assertThat(plus.gradient()).isEqualTo(of("k2").evaluate(batch(5)).gradient());
  }

  private static PolicyLoss of(String estimator) {
    return LossCatalog.create("grpo", Map.of("kl", "0.3", "kl-estimator", estimator));
  }

  @Test
  void theExactTermIsTheMeanOverPositionsThatTakePart() {
    LossBatch b = batch(5);
    double[] kl = b.divergences();
    double sum = kl[0] + kl[1] + kl[4];
    LossResult r =
        LossCatalog.create(
                "grpo", Map.of("kl", "0.3", "kl-estimator", "exact", "reduction", "token_mean"))
            .evaluate(b);
    assertThat(r.loss()).isCloseTo(.3 * sum / 3, within(1e-15));
    assertThat(r.metrics().get("kl")).isCloseTo(sum / 3, within(1e-15));
    assertThat(r.divergenceGradient())
        .containsExactly(new double[] {.1, .1, 0, 0, .1}, within(1e-15));
    assertThat(r.gradient()).containsOnly(0);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    LossBatch bare = batch(5).withReference(new double[0]).withDivergences(new double[0]);
    assertThatThrownBy(() -> of("exact").evaluate(bare)).hasMessageContaining("divergences");
    assertThatThrownBy(() -> of("k2").evaluate(bare)).hasMessageContaining("reference log-probs");
    assertThatThrownBy(() -> of("k4"))
        .hasMessageContaining("exact, k1, k2, k3, k3+, unbiased, not k4");
    assertThatThrownBy(() -> LossCatalog.create("grpo", Map.of("kl", "-1")))
        .hasMessageContaining("kl must be at least 0.0, not -1");
    assertThat(KlEstimator.of("k3+")).isEqualTo(KlEstimator.K3_PLUS);
  }

  @ParameterizedTest
  @EnumSource(KlEstimator.class)
  void absurdLogProbsStayFiniteWithoutGradient(KlEstimator e) {
    LossBatch b = batch(5).withReference(new double[] {-900, 900, -1, -1, -1, -1});
    LossResult r = of(e.label()).evaluate(b);
    assertThat(r.loss()).isFinite();
    for (double g : r.gradient()) {
      assertThat(g).isFinite();
    }
  }
}
