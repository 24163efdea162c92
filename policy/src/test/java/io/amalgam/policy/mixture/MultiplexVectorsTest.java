package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.ToyPolicy.sum;
import static io.amalgam.policy.mixture.Vectors.EXACT;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static io.amalgam.policy.mixture.Vectors.action;
import static io.amalgam.policy.mixture.Vectors.assertClose;
import static io.amalgam.policy.mixture.Vectors.gradient;
import static io.amalgam.policy.mixture.Vectors.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import org.junit.jupiter.api.Test;

class MultiplexVectorsTest {
  private static final int[] IDS = {0, 2, 0};
  private static final MixtureAction ACTION = action(3, 0, 1f / 3, 1f / 3, 1f / 3);

  @Test
  void draws() {
    MixtureLikelihood l = method("multiplex", 3).likelihood();
    double[] old = l.terms(ACTION, OLD.features(IDS, 0));
    double[] renewed = l.terms(ACTION, NEW.features(IDS, 0));
    assertThat(sum(old)).isCloseTo(-3.2233138188833883, EXACT);
    assertThat(sum(renewed)).isCloseTo(-3.03616393173125, EXACT);
    assertThat(Math.exp(sum(renewed) - sum(old))).isCloseTo(1.2058080066338044, EXACT);
    double[] each = {1.13774697, .93150843, 1.13774697};
    for (int j = 0; j < 3; j++) {
      assertThat(Math.exp(renewed[j] - old[j])).isCloseTo(each[j], EXACT);
    }
    assertClose(
        gradient(l, ACTION, OLD, IDS, 0),
        .3109363046,
        -.6213718084,
        .6231189471,
        -.2285899136,
        -.0840935297);
    MixtureLikelihood joint = method("multiplex", 3, "terms", "joint").likelihood();
    assertThat(joint.terms(ACTION, OLD.features(IDS, 0))).hasSize(1);
    assertThat(value(joint, ACTION, OLD, IDS)).isCloseTo(sum(old), EXACT);
    assertThat(value(l, ACTION, OLD, 2, 0, 0)).isCloseTo(sum(old), within(1e-14));
  }

  @Test
  void geometricMeans() {
    MixtureLikelihood l = method("multiplex", 3, "likelihood", "surrogate").likelihood();
    double ratio = value(l, ACTION, NEW, IDS) - value(l, ACTION, OLD, IDS);
    assertThat(Math.exp(ratio)).isCloseTo(1.0643702351045443, EXACT);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
  }

  @Test
  void weights() {
    MixtureMethod byP = method("multiplex", 3, "weights", "p");
    MixtureStep step =
        byP.sample(OLD.candidates(byP.request(), IDS), Phase.MIXTURE, new DrawKey(0, 0, 0, 0));
    float[] expected = {.44981622f, .10036756f, .44981622f};
    for (int j = 0; j < 3; j++) {
      assertThat(step.weights()[j]).isCloseTo(expected[j], within(1e-6f));
    }
    assertThat(step.weights()[0] + step.weights()[2]).isCloseTo(.8996324353f, within(1e-6f));
    assertThat(step.representativeId()).isZero();
    MixtureMethod uniform = method("multiplex", 3);
    assertThat(
            uniform
                .sample(
                    OLD.candidates(uniform.request(), IDS), Phase.MIXTURE, new DrawKey(0, 0, 0, 0))
                .weights())
        .containsExactly(1f / 3, 1f / 3, 1f / 3);
  }
}
