package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import org.junit.jupiter.api.Test;

/** The worked numbers of Mixture of Inputs on five tokens. */
class MixtureOfInputsVectorsTest {
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final ToyPolicy NEW = ToyPolicy.renewed();
  private static final DrawKey KEY = new DrawKey(1, 2, 3, 4);

  private static final double[] BETAS = {.5, 1, 2};
  private static final double[][] WEIGHTS = {
    {.2813732, .60375549, .06278285, .03807972, .01400875},
    {.2110299, .70281661, .04708714, .02855979, .01050656},
    {.1406866, .80187774, .03139142, .01903986, .00700437}
  };

  private static MixtureStep step(MixtureMethod m, int drawn) {
    return m.sample(OLD.candidates(m.request(), drawn), Phase.MIXTURE, KEY);
  }

  @Test
  void weightsOfTheWholeVocabulary() {
    for (int b = 0; b < BETAS.length; b++) {
      double[] w = MixtureOfInputs.posteriorMean(OLD.p, 1, BETAS[b]);
      MixtureStep step = step(method("moi", 5, "beta", Double.toString(BETAS[b])), 1);
      assertThat(step.ids()).containsExactly(1, 0, 2, 3, 4);
      for (int j = 0; j < 5; j++) {
        int v = step.ids()[j];
        assertThat(w[v]).isCloseTo(WEIGHTS[b][v], within(1e-8));
        assertThat((double) step.weights()[j]).isCloseTo(WEIGHTS[b][v], within(1e-6));
      }
    }
  }

  @Test
  void theDrawCountsAmongTheSlots() {
    check(step(method("moi", 3), 3), new int[] {3, 0, 1}, .6552675870, .2520195879, .0927128252);
    check(step(method("moi", 2), 1), new int[] {1, 0}, .6929767666, .3070232334);
  }

  private static void check(MixtureStep step, int[] ids, double... weights) {
    assertThat(step.slots()).isEqualTo(ids.length);
    assertThat(step.ids()).isEqualTo(ids);
    assertThat(step.representative()).isZero();
    for (int j = 0; j < ids.length; j++) {
      assertThat((double) step.weights()[j]).isCloseTo(weights[j], within(1e-6));
    }
  }

  @Test
  void theLikelihoodIsTheProbabilityOfTheDraw() {
    MixtureMethod m = method("moi", 3);
    MixtureStep step = step(m, 1);
    MixtureAction action = ToyPolicy.action(step);
    MixtureLikelihood l = m.likelihood();
    assertThat(l.kind()).isEqualTo(LikelihoodKind.EXACT);
    assertThat(l.terms(action, OLD.features(step.ids(), 0))).hasSize(1);
    assertThat(l.terms(action, OLD.features(step.ids(), 0))[0])
        .isCloseTo(-1.57443794, within(1e-8));
    assertThat(l.terms(action, NEW.features(step.ids(), 0))[0])
        .isCloseTo(-1.94538798, within(1e-8));
    assertThat((double) step.logProbs()[0]).isCloseTo(-1.57443794, within(1e-6));
    double[] g = Vectors.gradient(l, action, OLD, step.ids(), 0);
    for (int v = 0; v < 5; v++) {
      assertThat(g[v]).isCloseTo((v == 1 ? 1 : 0) - OLD.p[v], within(1e-12));
    }
  }

  @Test
  void ratiosHaveMeanOneAndScoresMeanZero() {
    MixtureMethod m = method("moi", 3);
    double ratio = 0;
    double[] score = new double[5];
    for (int y = 0; y < 5; y++) {
      MixtureStep step = step(m, y);
      MixtureAction action = ToyPolicy.action(step);
      double before = m.likelihood().terms(action, OLD.features(step.ids(), 0))[0];
      double after = m.likelihood().terms(action, NEW.features(step.ids(), 0))[0];
      ratio += OLD.p[y] * Math.exp(after - before);
      double[] g = Vectors.gradient(m.likelihood(), action, OLD, step.ids(), 0);
      for (int v = 0; v < 5; v++) {
        score[v] += OLD.p[y] * g[v];
      }
    }
    assertThat(ratio).isCloseTo(1, within(1e-12));
    for (double s : score) {
      assertThat(s).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void certaintyFeedsTheDrawAndDoubtThePrior() {
    assertThat(MixtureOfInputs.posteriorMean(new double[] {1, 0}, 1, 1)).containsExactly(0, 1);
    double[] even = MixtureOfInputs.posteriorMean(new double[] {.5, .5}, 0, 0);
    assertThat(even[0]).isCloseTo(.5, within(1e-15));
    double[] strong = MixtureOfInputs.posteriorMean(new double[] {.5, .5}, 0, 100);
    assertThat(strong[0]).isGreaterThan(.995);
  }
}
