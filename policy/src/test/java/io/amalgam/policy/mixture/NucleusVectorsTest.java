package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import org.junit.jupiter.api.Test;

/** The worked numbers of the nucleus mixture on five tokens. */
class NucleusVectorsTest {
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final ToyPolicy NEW = ToyPolicy.renewed();
  private static final DrawKey KEY = new DrawKey(1, 2, 3, 4);

  private static MixtureStep step(MixtureMethod m) {
    return m.sample(FilteredPolicy.of(OLD, m).candidates(m.request(), KEY), Phase.MIXTURE, KEY);
  }

  @Test
  void theHeadIsKeptNotTheTail() {
    assertThat(CandidateFilter.of(method("nucleus", 2).spec()))
        .isEqualTo(new CandidateFilter(64, .9, 0));
    // .563 + .207 + .126 = .896 is short of .9, so that the fourth belongs to it.
    MixtureStep all = step(method("nucleus", 5));
    assertThat(all.slots()).isEqualTo(4);
    assertThat(all.ids()).startsWith(0, 1, 2, 3);
    double[] four = {.5792585299, .2130973043, .1292500486, .0783941172};
    for (int j = 0; j < 4; j++) {
      assertThat((double) all.weights()[j]).isCloseTo(four[j], within(1e-6));
    }
    MixtureStep cut = step(method("nucleus", 3));
    double[] three = {.6285317192, .2312238976, .1402443832};
    for (int j = 0; j < 3; j++) {
      assertThat((double) cut.weights()[j]).isCloseTo(three[j], within(1e-6));
    }
    // log p is that of the whole nucleus: renormalised by .9719688234.
    assertThat((double) cut.logProbs()[0])
        .isCloseTo(Math.log(OLD.p[cut.representativeId()] / .9719688234391082), within(1e-6));
  }

  @Test
  void representativesAreDrawnFromTheWeights() {
    MixtureMethod m = method("nucleus", 3);
    int n = 20_000;
    double[] seen = new double[3];
    for (int position = 0; position < n; position++) {
      DrawKey key = new DrawKey(9, 0, 0, position);
      seen[m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key).representative()] +=
          1.0 / n;
    }
    double[] w = {.6285317192, .2312238976, .1402443832};
    for (int j = 0; j < 3; j++) {
      assertThat(seen[j]).isCloseTo(w[j], within(5 * Math.sqrt(w[j] * (1 - w[j]) / n)));
    }
    assertThat(step(method("nucleus", 3, "representative", "heaviest")).representative()).isZero();
  }

  @Test
  void likelihoods() {
    check(
        "surrogate",
        -1.016028411999078,
        -0.9043799748063239,
        .3430641062,
        -.105017666,
        -.1338186258,
        -.0761966379,
        -.0280311766);
    check(
        "surrogate-stop-gradient",
        -1.016028411999078,
        -1.030639275059324,
        .0655104874,
        .0240999615,
        .0146173655,
        -.0761966379,
        -.0280311766);
    check(
        "representative",
        -1.5744379396,
        -1.9453879772,
        -.5630212299,
        .7928760574,
        -.1256270171,
        -.0761966379,
        -.0280311766);
  }

  private static void check(String name, double before, double after, double... gradient) {
    MixtureLikelihood l = method("nucleus", 3, "likelihood", name).likelihood();
    int[] ids = {0, 1, 2};
    float[] w = {.6285317192117624f, .23122389762214907f, .14024438316608848f};
    MixtureAction action = new MixtureAction(3, false, 1, w, l.auxiliary(w));
    // Stored weights are f32: 6e-8 of rounding at most.
    double error = name.endsWith("stop-gradient") ? 2e-7 : 1e-8;
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
    assertThat(l.terms(action, OLD.features(ids, 0))).hasSize(1);
    assertThat(l.terms(action, OLD.features(ids, 0))[0]).isCloseTo(before, within(error));
    assertThat(l.terms(action, NEW.features(ids, 0))[0]).isCloseTo(after, within(error));
    double[] g = Vectors.gradient(l, action, OLD, ids, 0);
    for (int v = 0; v < 5; v++) {
      assertThat(g[v]).as(name).isCloseTo(gradient[v], within(error));
    }
  }

  @Test
  void withoutALikelihoodThereAreNoTerms() {
    MixtureMethod m = method("nucleus", 3, "likelihood", "none");
    assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.NONE);
    assertThat(step(m).terms()).isZero();
    MixtureMethod narrow = method("nucleus", 3, "likelihood", "none", "top-p", "0.5");
    assertThat(step(narrow).terms()).isZero();
    MixtureStep one = step(method("nucleus", 3, "top-p", "0.5"));
    assertThat(one.slots()).isEqualTo(1);
    assertThat(one.terms()).isEqualTo(1);
    assertThat(one.logProbs()[0]).isZero();
  }

  @Test
  void oneSlotIsRefused() {
    assertThatThrownBy(() -> method("nucleus", 1))
        .isInstanceOf(MixtureConfigurationException.class)
        .hasMessageContaining("mixture.k = 1")
        .hasMessageContaining("discrete")
        .hasMessageContaining("greedy");
  }
}
