package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.Vectors.EXACT;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollapseVectorsTest {
  private static final double RATIO = .12 / .88;

  /** The event is the same whether the order of a pair that stays counts or not. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "set"})
  void events(String likelihood) {
    MixtureMethod m = method("different-tokens", 2, "collapse", "0.12", "likelihood", likelihood);
    assertThat(event(m, OLD, 0)).isCloseTo(-1.6247167286321618, EXACT);
    assertThat(event(m, NEW, 0)).isCloseTo(-1.4079498140730298, EXACT);
    assertThat(Math.exp(event(m, NEW, 0) - event(m, OLD, 0))).isCloseTo(1.2420545635599318, EXACT);
    assertThat(event(m, OLD, 1)).isCloseTo(-4.320293168350006, EXACT);
    assertThat(event(m, NEW, 1)).isCloseTo(-4.5008185930243165, EXACT);
    assertThat(Math.exp(event(m, NEW, 1) - event(m, OLD, 1))).isCloseTo(.8348314551092678, EXACT);
  }

  private static double event(MixtureMethod m, ToyPolicy policy, int h) {
    MixtureAction action = new MixtureAction(1, true, 0, new float[] {1, 0}, new float[2]);
    int[] ids = {h, h};
    return m.likelihood().terms(action, policy.features(ids, RATIO * OLD.p[h], OLD))[0];
  }
}
