package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.Vectors.EXACT;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static io.amalgam.policy.mixture.Vectors.assertClose;
import static io.amalgam.policy.mixture.Vectors.auxiliary;
import static io.amalgam.policy.mixture.Vectors.gradient;
import static io.amalgam.policy.mixture.Vectors.rounding;
import static io.amalgam.policy.mixture.Vectors.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatentGumbelVectorsTest {
  private static final int[] IDS = {0, 1};
  private static final double[] NOISE = {.5, 1.3};
  private static final double[] SCORES = {
    Math.log(OLD.p[0]) + NOISE[0], Math.log(OLD.p[1]) + NOISE[1]
  };
  private static final float[] STORED = Actions.narrow(SCORES);

  @Test
  void means() {
    MixtureLikelihood l = method("latent-gumbel", 2).likelihood();
    MixtureAction action = auxiliary(STORED);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
    assertThat(l.terms(action, OLD.features(IDS, 0))).hasSize(1);
    double old = value(l, action, OLD, IDS) - rounding(STORED, SCORES, slopes(OLD));
    double renewed = value(l, action, NEW, IDS) - rounding(STORED, SCORES, slopes(NEW));
    assertThat(old).isCloseTo(-1.3395312264, EXACT);
    assertThat(renewed).isCloseTo(-1.4600234013, EXACT);
    assertThat(Math.exp(renewed - old)).isCloseTo(.8864840241, EXACT);
    assertClose(
        gradient(l, action, OLD, IDS, 0),
        within(1e-7),
        -.11882114917699374,
        .24764760501290647,
        -.07041002050079165,
        -.042705836184725204,
        -.015710599150395868);
  }

  private static double[] slopes(ToyPolicy policy) {
    return new double[] {
      -GumbelNoise.slope(SCORES[0] - Math.log(policy.p[0])) / 2,
      -GumbelNoise.slope(SCORES[1] - Math.log(policy.p[1])) / 2
    };
  }

  /** For a bad sample whose candidate has outgrown its score, and only there. */
  @Test
  void theDerivativeIsMirroredWhereABadSampleLiesBelow() {
    MixtureLikelihood l = method("latent-gumbel", 2).likelihood();
    FeatureRow row = OLD.features(IDS, 0);
    MixtureAction below =
        auxiliary((float) (Math.log(OLD.p[0]) - .8), (float) (Math.log(OLD.p[1]) + .3));
    double[] good = l.backward(below, row, new double[] {-1}).logProbs();
    double[] bad = l.backward(below, row, new double[] {1}).logProbs();
    assertThat(good[0]).isCloseTo(-(1 - Math.exp(.8)) / 2, within(1e-6));
    assertThat(bad[0]).isCloseTo((Math.exp(-.8) - 1) / 2, within(1e-6));
    assertThat(bad[1]).isCloseTo(-good[1], within(1e-12));
    assertThat(Math.abs(bad[0])).isLessThan(Math.abs(good[0]));
  }
}
