package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The worked numbers of LEPO's Gumbel-softmax on five tokens. */
class LepoVectorsTest {
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final ToyPolicy NEW = ToyPolicy.renewed();
  private static final int[] IDS = {0, 1, 2};
  private static final double[] NOISE = {.2, 1.1, -.4};

  @Test
  void weights() {
    check(.1, .73105858, .26894142, 5.5e-10);
    check(.5, .54533765, .44648470, .00817765);
    check(1, .49326840, .44632771, .06040389);
  }

  private static void check(double tau, double... expected) {
    double[] logProbs = OLD.features(IDS, 0).logProbs();
    double[] renormalised = Arrays.stream(Actions.softmax(logProbs)).map(Math::log).toArray();
    for (double[] l : List.of(logProbs, renormalised)) {
      double[] w = Lepo.weights(l, NOISE, tau);
      for (int j = 0; j < 3; j++) {
        assertThat(w[j]).isCloseTo(expected[j], within(1e-8));
      }
    }
  }

  @Test
  void likelihoods() {
    check(
        "default",
        -1.03318911999356,
        -1.129017038883063,
        -.0176835859,
        .2393607654,
        -.1174493651,
        -.0761966379,
        -.0280311766);
    check(
        "representative",
        -.5744379396,
        -.4453879772,
        .4369787701,
        -.2071239426,
        -.1256270171,
        -.0761966379,
        -.0280311766);
  }

  private static void check(String name, double before, double after, double... gradient) {
    MixtureLikelihood l = method("lepo", 3, "likelihood", name).likelihood();
    float[] w = Actions.narrow(Lepo.weights(OLD.features(IDS, 0).logProbs(), NOISE, .5));
    // As stored for a closing marker, of which only the representative is fed.
    MixtureAction action = new MixtureAction(3, false, 0, new float[] {1, 0, 0}, l.auxiliary(w));
    // Stored weights are f32: 6e-8 of rounding at most.
    double error = name.equals("default") ? 2e-7 : 1e-8;
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
    assertThat(l.terms(action, OLD.features(IDS, 0))).hasSize(1);
    assertThat(l.terms(action, OLD.features(IDS, 0))[0]).isCloseTo(before, within(error));
    assertThat(l.terms(action, NEW.features(IDS, 0))[0]).isCloseTo(after, within(error));
    double[] g = Vectors.gradient(l, action, OLD, IDS, 0);
    for (int v = 0; v < 5; v++) {
      assertThat(g[v]).as(name).isCloseTo(gradient[v], within(error));
    }
  }

  @Test
  void theHeaviestIsADrawFromTheCandidatesWhateverTheTemperature() {
    double[] p = {.62853172, .23122390, .14024438};
    int n = 20_000;
    for (String tau : List.of("0.01", "0.5", "10")) {
      MixtureMethod m = method("lepo", 3, "tau", tau);
      double[] seen = new double[3];
      for (int position = 0; position < n; position++) {
        DrawKey key = new DrawKey(9, 0, 0, position);
        MixtureStep step = m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key);
        seen[step.representative()] += 1.0 / n;
        float heaviest = step.weights()[step.representative()];
        for (float w : step.weights()) {
          assertThat(w).isLessThanOrEqualTo(heaviest);
        }
      }
      for (int j = 0; j < 3; j++) {
        assertThat(seen[j]).isCloseTo(p[j], within(5 * Math.sqrt(p[j] * (1 - p[j]) / n)));
      }
    }
  }

  /** E[w] is not p̂: the surrogate drifts, which is why its ratio must not correct staleness. */
  @Test
  void theMeanScoreIsNotZero() {
    MixtureMethod m = method("lepo", 3, "tau", "1");
    int n = 20_000;
    double first = 0;
    for (int position = 0; position < n; position++) {
      DrawKey key = new DrawKey(9, 0, 0, position);
      first +=
          m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key).weights()[0] / (double) n;
    }
    assertThat(first).isBetween(.5, .61);
  }

  @Test
  void thePapersSettingsAreTheDefaults() {
    MixtureMethod m = method("lepo", 4);
    assertThat(CandidateFilter.of(m.spec())).isEqualTo(new CandidateFilter(30, .95, 0));
    assertThat(m.spec().parameters()).containsEntry("tau", "0.5");
  }
}
