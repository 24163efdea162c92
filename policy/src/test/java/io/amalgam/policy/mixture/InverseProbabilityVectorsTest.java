package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import org.junit.jupiter.api.Test;

/** The worked numbers of the negative control on five tokens. */
class InverseProbabilityVectorsTest {
  @Test
  void theLeastProbableIsTheHeaviestAndTheDrawIsScored() {
    MixtureMethod m = method("inverse-probability", 3);
    MixtureStep step =
        m.sample(
            ToyPolicy.old().candidates(m.request(), 1), Phase.MIXTURE, new DrawKey(1, 2, 3, 4));
    assertThat(step.ids()).containsExactly(1, 0, 2);
    double[] w = {.331499, .121952, .546549};
    for (int j = 0; j < 3; j++) {
      assertThat((double) step.weights()[j]).isCloseTo(w[j], within(1e-6));
    }
    assertThat(step.representativeId()).isEqualTo(1);
    assertThat((double) step.logProbs()[0]).isCloseTo(-1.57443794, within(1e-6));
    assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.EXACT);
  }
}
