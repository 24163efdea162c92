package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.action;
import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold of the methods that mix the most probable tokens, behind filters too. */
class TopCandidateMethodsTest {
  private static final ToyPolicy OLD = ToyPolicy.old();

  @Provide
  static Arbitrary<MixtureMethod> methods() {
    return Arbitraries.of(
        method("soft-thinking", 2),
        method("soft-thinking", 6, "representative", "weight-draw"),
        method("moi", 2),
        method("moi", 3, "top-k", "2"),
        method("moi", 4, "beta", "0", "top-p", "0.7"),
        method("moi", 3, "likelihood", "surrogate-stop-gradient", "beta", "0.25"),
        method("nucleus", 2),
        method("nucleus", 5, "representative", "heaviest"),
        method("nucleus", 3, "likelihood", "surrogate"),
        method("nucleus", 3, "likelihood", "surrogate-stop-gradient", "top-p", "0.5"),
        method("nucleus", 3, "likelihood", "none"),
        method("lepo", 2),
        method("lepo", 4, "tau", "0.01", "min-p", "0.3"),
        method("lepo", 3, "tau", "10", "likelihood", "representative"));
  }

  @Provide
  static Arbitrary<double[]> logits() {
    return Arbitraries.doubles().between(-6, 6).array(double[].class).ofSize(6);
  }

  @Property(tries = 300, seed = "17")
  void everyStepIsAMixtureOfWhatTheFilterKeeps(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = 100_000) int position) {
    FilteredPolicy policy = FilteredPolicy.of(new ToyPolicy(logits), m);
    DrawKey key = new DrawKey(3, 1, 2, position);
    MixtureStep step = m.sample(policy.candidates(m.request(), key), Phase.MIXTURE, key);
    int k = m.spec().k();
    assertThat(step.slots()).isEqualTo(Math.min(k, policy.kept()));
    double sum = 0;
    Set<Integer> ids = new HashSet<>();
    for (int j = 0; j < k; j++) {
      sum += step.weights()[j];
      assertThat(step.weights()[j]).isBetween(0f, 1f);
      assertThat(step.ids()[j]).isBetween(0, 5);
      if (j < step.slots()) {
        ids.add(step.ids()[j]);
        assertThat(policy.p(step.ids()[j])).isPositive();
      } else {
        assertThat(step.ids()[j]).isEqualTo(step.ids()[0]);
        assertThat(step.weights()[j]).isZero();
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(ids).hasSize(step.slots());
    assertThat(step.representative()).isBetween(0, step.slots() - 1);
    assertThat(m.sample(policy.candidates(m.request(), key), Phase.MIXTURE, key))
        .usingRecursiveComparison()
        .isEqualTo(step);
  }

  @Property(tries = 200, seed = "17")
  void behaviourTermsAreTheReplayedOnesEvenAtAClosingMarker(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = 100_000) int position) {
    FilteredPolicy policy = FilteredPolicy.of(new ToyPolicy(logits), m);
    DrawKey key = new DrawKey(3, 1, 2, position);
    MixtureStep step = m.sample(policy.candidates(m.request(), key), Phase.MIXTURE, key);
    if (m.likelihood().kind() == LikelihoodKind.NONE) {
      assertThat(step.terms()).isZero();
      return;
    }
    assertThat(step.terms()).isEqualTo(1);
    FeatureRow row = policy.features(step.ids());
    for (MixtureStep fed : new MixtureStep[] {step, step.fedOneHot()}) {
      assertThat((double) step.logProbs()[0])
          .isCloseTo(m.likelihood().terms(action(fed), row)[0], within(2e-5));
    }
  }

  @Property(tries = 200, seed = "17")
  void derivativesAreThoseOfFiniteDifferences(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = 100_000) int position) {
    ToyPolicy policy = new ToyPolicy(logits);
    DrawKey key = new DrawKey(3, 1, 2, position);
    MixtureStep step = m.sample(policy.candidates(m.request(), key), Phase.MIXTURE, key);
    MixtureLikelihood l = m.likelihood();
    if (l.kind() == LikelihoodKind.NONE) {
      return;
    }
    double[] g = Vectors.gradient(l, action(step), policy, step.ids(), 0);
    double h = 1e-5;
    for (int v = 0; v < logits.length; v++) {
      double up = moved(l, step, logits, v, h);
      double down = moved(l, step, logits, v, -h);
      double expected = (up - down) / (2 * h);
      assertThat(g[v]).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
    }
  }

  private static double moved(
      MixtureLikelihood l, MixtureStep step, double[] logits, int v, double by) {
    double[] z = logits.clone();
    z[v] += by;
    return l.terms(action(step), new ToyPolicy(z).features(step.ids(), 0))[0];
  }

  @Property(tries = 100, seed = "17")
  void theDiscretePhaseIsAnOrdinaryToken(
      @ForAll("methods") MixtureMethod m, @ForAll @IntRange(min = 0, max = 100_000) int position) {
    FilteredPolicy policy = FilteredPolicy.of(new ToyPolicy(2, 1, .5, 0, -1, -1.5), m);
    DrawKey key = new DrawKey(3, 1, 2, position);
    Candidates c = policy.candidates(m.request(), key);
    MixtureStep step = m.sample(c, Phase.DISCRETE, key);
    assertThat(step.slots()).isEqualTo(1);
    assertThat(step.representativeId()).isEqualTo(c.drawIds()[0]);
    assertThat(step.weights()).isEqualTo(Actions.oneHot(m.spec().k(), 0));
    assertThat(step.terms()).isEqualTo(1);
    assertThat(step.logProbs()[0]).isEqualTo(c.drawLogProbs()[0]);
    assertThat(step.auxiliary()).containsOnly(0);
  }

  @Property(tries = 100, seed = "17")
  void oneSlotIsOrdinarySamplingBitForBit(@ForAll @IntRange(min = 0, max = 100_000) int position) {
    MixtureMethod discrete = method("discrete", 1);
    DrawKey key = new DrawKey(3, 1, 2, position);
    Candidates c = OLD.candidates(discrete.request(), key);
    MixtureStep token = discrete.sample(c, Phase.MIXTURE, key);
    for (MixtureMethod m :
        new MixtureMethod[] {
          method("moi", 1),
          method("moi", 1, "beta", "0", "likelihood", "surrogate-stop-gradient"),
          method("lepo", 1),
          method("lepo", 1, "tau", "10", "likelihood", "representative")
        }) {
      assertThat(m.request()).isEqualTo(discrete.request());
      MixtureStep step = m.sample(c, Phase.MIXTURE, key);
      assertThat(step).usingRecursiveComparison().isEqualTo(token);
      FeatureRow row = OLD.features(step.ids(), 0);
      double[] upstream = {-1.3};
      assertThat(m.likelihood().backward(action(step), row, upstream).logProbs()[0])
          .isEqualTo(-1.3);
    }
  }
}
