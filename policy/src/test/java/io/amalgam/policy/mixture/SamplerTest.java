package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final int N = 20_000;

  private static MixtureStep step(MixtureMethod m, Phase phase, int position) {
    DrawKey key = new DrawKey(3, 1, 2, position);
    return m.sample(OLD.candidates(m.request(), key), phase, key);
  }

  @Property(tries = 100, seed = "17")
  void everyStepIsAMixture(@ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    for (MixtureMethod m : methods()) {
      MixtureStep step = step(m, Phase.MIXTURE, position);
      int k = m.spec().k();
      double sum = 0;
      Set<Integer> ids = new HashSet<>();
      for (int j = 0; j < k; j++) {
        assertThat(step.weights()[j]).isBetween(0f, 1f);
        assertThat(step.ids()[j]).isBetween(0, 4);
        sum += step.weights()[j];
        if (j < step.slots()) {
          ids.add(step.ids()[j]);
        } else {
          assertThat(step.ids()[j]).isEqualTo(step.ids()[0]);
          assertThat(step.weights()[j]).isZero();
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      if (!m.request().replacement() || m.request().top() > 0) {
        assertThat(ids).hasSize(step.slots());
      }
      assertThat(step(m, Phase.MIXTURE, position)).usingRecursiveComparison().isEqualTo(step);
    }
  }

  private static List<MixtureMethod> methods() {
    return List.of(
        method("discrete", 1),
        method("greedy", 1),
        method("different-tokens", 2),
        method("different-tokens", 2, "collapse", "0.2"),
        method("different-tokens", 4, "representative", "weight-draw"),
        method("different-tokens", 3, "likelihood", "set"),
        method("dirichlet", 3),
        method("cot2-dirichlet", 4, "floor", "0.05"),
        method("gumbel", 3),
        method("gumbel", 5, "clamp", "paper"),
        method("latent-gumbel", 3, "nucleus-least", "2", "nucleus-most", "5"),
        method("multiplex", 3));
  }

  @Property(tries = 50, seed = "17")
  void theDiscretePhaseIsTheSameTokenInEveryMethod(
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    MixtureStep token = step(method("discrete", 1), Phase.DISCRETE, position);
    for (MixtureMethod m : methods()) {
      if (m instanceof Greedy) {
        continue;
      }
      MixtureStep step = step(m, Phase.DISCRETE, position);
      assertThat(step.slots()).isEqualTo(1);
      assertThat(step.representativeId()).isEqualTo(token.representativeId());
      assertThat(step.weights()[0]).isEqualTo(1);
      assertThat(step.logProbs()[0]).isEqualTo(token.logProbs()[0]);
      assertThat(step.terms()).isEqualTo(1);
    }
  }

  @Property(tries = 50, seed = "17")
  void oneSlotIsOrdinarySamplingBitForBit(
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    MixtureStep token = step(method("discrete", 1), Phase.MIXTURE, position);
    for (MixtureMethod m :
        List.of(
            method("different-tokens", 1),
            method("different-tokens", 1, "likelihood", "surrogate"),
            method("different-tokens", 1, "representative", "weight-draw"),
            method("multiplex", 1),
            method("multiplex", 1, "weights", "p"),
            method("different-tokens", 1, "likelihood", "set"),
            method("cot2-dirichlet", 1),
            method("gumbel", 1),
            method("latent-gumbel", 1),
            method("dirichlet", 1))) {
      MixtureStep step = step(m, Phase.MIXTURE, position);
      assertThat(step).usingRecursiveComparison().isEqualTo(token);
      assertThat(m.request().draws()).isEqualTo(1);
      FeatureRow row = OLD.features(step.ids(), 0);
      double[] upstream = {-1.3};
      assertThat(m.likelihood().backward(ToyPolicy.action(step), row, upstream).logProbs()[0])
          .isEqualTo(-1.3);
    }
  }

  @Test
  void moreSlotsExtendFewer() {
    for (int position = 0; position < 200; position++) {
      int[] two =
          step(method("different-tokens", 2, "collapse", "0"), Phase.MIXTURE, position).ids();
      int[] four = step(method("different-tokens", 4), Phase.MIXTURE, position).ids();
      assertThat(four).startsWith(two);
    }
  }

  @Test
  void heaviestOfTwoHasTheEnumeratedDistribution() {
    double[] expected = {.8536690549, .1128613771, .0289600367, .0045095313, 0};
    for (String collapse : List.of("0", "0.12", "0.5")) {
      double[] seen = new double[5];
      MixtureMethod m = method("different-tokens", 2, "collapse", collapse);
      for (int position = 0; position < N; position++) {
        seen[step(m, Phase.MIXTURE, position).representativeId()] += 1.0 / N;
      }
      for (int v = 0; v < 5; v++) {
        double error = Math.sqrt(expected[v] * (1 - expected[v]) / N);
        assertThat(seen[v]).isCloseTo(expected[v], within(5 * error + 1e-9));
      }
    }
  }

  @Test
  void halfAlwaysCollapses() {
    MixtureMethod m = method("different-tokens", 2, "collapse", "0.5");
    for (int position = 0; position < 200; position++) {
      MixtureStep step = step(m, Phase.MIXTURE, position);
      assertThat(step.collapsed()).isTrue();
      assertThat(step.terms()).isEqualTo(1);
      assertThat(step.ids()[1]).isEqualTo(step.ids()[0]);
      assertThat(step.threshold()).isCloseTo((float) OLD.p[step.ids()[0]], within(1e-6f));
    }
  }

  @Test
  void dirichletWeightsHaveTheRightMomentsAndRepresentatives() {
    MixtureMethod m = method("dirichlet", 2, "concentration", "4");
    double p = 0.7310585786300049;
    double mean = 0;
    double square = 0;
    double first = 0;
    for (int position = 0; position < N; position++) {
      MixtureStep step = step(m, Phase.MIXTURE, position);
      double w = step.weights()[0];
      mean += w / N;
      square += w * w / N;
      first += step.representative() == 0 ? 1.0 / N : 0;
      assertThat(Math.exp(step.auxiliary()[0])).isCloseTo(w, within(1e-6));
    }
    double variance = p * (1 - p) / 5;
    assertThat(mean).isCloseTo(p, within(5 * Math.sqrt(variance / N)));
    assertThat(square - mean * mean).isCloseTo(variance, within(0.1 * variance));
    assertThat(first).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / N)));
  }

  @Test
  void tinyConcentrationsKeepTheirLogWeights() {
    MixtureMethod m = method("dirichlet", 4, "concentration", "0.001");
    for (int position = 0; position < 200; position++) {
      MixtureStep step = step(m, Phase.MIXTURE, position);
      for (float log : step.auxiliary()) {
        assertThat(log).isFinite();
      }
      assertThat(step.logProbs()[0]).isFinite();
    }
  }

  @Test
  void massBesideANearlyCertainSecondDrawIsNotLostToCancellation() {
    ToyPolicy sure = new ToyPolicy(20, 0, 0, -1, -2);
    MixtureMethod m = method("different-tokens", 2);
    MixtureStep step =
        m.sample(sure.candidates(m.request(), 1, 0), Phase.MIXTURE, new DrawKey(0, 0, 0, 0));
    assertThat(step.collapsed()).isTrue();
    assertThat(step.representativeId()).isZero();
    double exact =
        m.likelihood()
            .terms(ToyPolicy.action(step), sure.features(step.ids(), step.threshold()))[0];
    assertThat((double) step.logProbs()[0]).isCloseTo(exact, within(1e-5));
  }

  @Test
  void theClosingStepFeedsOnlyTheRepresentative() {
    MixtureStep step = step(method("multiplex", 3), Phase.MIXTURE, 5);
    MixtureStep closing = step.fedOneHot();
    assertThat(closing.weights()).containsExactly(1, 0, 0);
    assertThat(closing.ids()).isEqualTo(step.ids());
    assertThat(closing.slots()).isEqualTo(3);
    assertThat(closing.logProbs()).isEqualTo(step.logProbs());
  }
}
