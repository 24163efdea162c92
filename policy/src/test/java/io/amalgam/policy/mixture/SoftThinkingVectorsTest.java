package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import org.junit.jupiter.api.Test;

/** The worked numbers of Soft Thinking on five tokens. */
class SoftThinkingVectorsTest {
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final DrawKey KEY = new DrawKey(1, 2, 3, 4);
  private static final double[] TWO = {.7310585786300049, .2689414213699951};
  private static final double[] THREE = {.6285317192, .2312238976, .1402443832};

  private static MixtureStep step(MixtureMethod m) {
    return m.sample(FilteredPolicy.of(OLD, m).candidates(m.request(), KEY), Phase.MIXTURE, KEY);
  }

  @Test
  void weightsAreTheRenormalisedProbabilities() {
    for (double[] expected : new double[][] {TWO, THREE}) {
      int[] ids = expected.length == 2 ? new int[] {0, 1} : new int[] {0, 1, 2};
      double[] w = Actions.softmax(OLD.features(ids, 0).logProbs());
      MixtureStep step = step(method("soft-thinking", expected.length));
      assertThat(step.slots()).isEqualTo(expected.length);
      assertThat(step.ids()).isEqualTo(ids);
      for (int j = 0; j < expected.length; j++) {
        assertThat(w[j]).isCloseTo(expected[j], within(1e-8));
        assertThat((double) step.weights()[j]).isCloseTo(expected[j], within(1e-6));
      }
      assertThat(step.representativeId()).isZero();
      assertThat(step.terms()).isZero();
      assertThat(step.auxiliary()).containsOnly(0);
    }
  }

  @Test
  void thePapersFilterIsTheDefault() {
    assertThat(CandidateFilter.of(method("soft-thinking", 2).spec()))
        .isEqualTo(new CandidateFilter(30, .95, .001));
    // .563 + .207 + .126 + .076 = .972: the fifth token is dropped.
    MixtureStep step = step(method("soft-thinking", 5));
    assertThat(step.slots()).isEqualTo(4);
    assertThat(step.ids()).containsExactly(0, 1, 2, 3, 0);
    assertThat((double) step.weights()[0]).isCloseTo(.57925853, within(1e-6));
    assertThat((double) step.weights()[3]).isCloseTo(.07839412, within(1e-6));
    assertThat(step.weights()[4]).isZero();
  }

  @Test
  void nothingOfTheMixtureIsRandom() {
    MixtureMethod m = method("soft-thinking", 3);
    MixtureStep first = m.sample(OLD.candidates(m.request(), KEY), Phase.MIXTURE, KEY);
    for (int position = 0; position < 50; position++) {
      DrawKey key = new DrawKey(9, 0, 0, position);
      assertThat(m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key).weights())
          .isEqualTo(first.weights());
    }
  }

  @Test
  void theRecordedTokenMayBeDrawnFromTheWeights() {
    MixtureMethod m = method("soft-thinking", 2, "representative", "weight-draw");
    int n = 20_000;
    double first = 0;
    for (int position = 0; position < n; position++) {
      DrawKey key = new DrawKey(9, 0, 0, position);
      MixtureStep step = m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key);
      first += step.representative() == 0 ? 1.0 / n : 0;
    }
    assertThat(first).isCloseTo(TWO[0], within(5 * Math.sqrt(TWO[0] * TWO[1] / n)));
  }

  @Test
  void theOnlyTokenThatTheFilterLeavesHasNoTermEither() {
    MixtureStep step = step(method("soft-thinking", 3, "top-p", "0.5"));
    assertThat(step.slots()).isEqualTo(1);
    assertThat(step.ids()).containsExactly(0, 0, 0);
    assertThat(step.weights()).containsExactly(1, 0, 0);
    assertThat(step.terms()).isZero();
  }

  @Test
  void thereIsNoLikelihoodAndNoGradient() {
    MixtureMethod m = method("soft-thinking", 2);
    MixtureStep step = step(m);
    FeatureRow row = OLD.features(step.ids(), 0);
    assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.NONE);
    assertThat(m.likelihood().terms(ToyPolicy.action(step), row)).isEmpty();
    assertThat(m.likelihood().backward(ToyPolicy.action(step), row, new double[0]).logProbs())
        .containsOnly(0);
  }

  @Test
  void oneSlotIsRefusedWithTheMethodsToUseInstead() {
    assertThatThrownBy(() -> method("soft-thinking", 1))
        .isInstanceOf(MixtureConfigurationException.class)
        .hasMessageContaining("mixture.k = 1")
        .hasMessageContaining("from 2 to 16 for soft-thinking")
        .hasMessageContaining("discrete")
        .hasMessageContaining("greedy");
    assertThatThrownBy(() -> method("soft-thinking", 17)).hasMessageEndingWith("soft-thinking");
  }
}
