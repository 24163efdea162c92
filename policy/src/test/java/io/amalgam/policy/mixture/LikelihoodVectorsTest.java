package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.ToyPolicy.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Worked numbers of every method on five tokens. */
class LikelihoodVectorsTest {
  private static final Offset<Double> EXACT = within(1e-8);
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final ToyPolicy NEW = ToyPolicy.renewed();

  @Test
  void orderedPairs() {
    MixtureLikelihood l = method("different-tokens", 2, "likelihood", "ordered").likelihood();
    int[] ids = {1, 3};
    MixtureAction action = action(2, 0, .73105858f, .26894142f);
    assertThat(sum(l.terms(action, OLD.features(ids, 0)))).isCloseTo(-3.9167875220176183, EXACT);
    assertThat(sum(l.terms(action, NEW.features(ids, 0)))).isCloseTo(-4.536538219509886, EXACT);
    assertClose(
        gradient(l, action, OLD, ids, 0),
        -1.27312115,
        .79287606,
        -.28407173,
        .82770179,
        -.06338497);
  }

  @Test
  void surrogatesOfPairs() {
    MixtureLikelihood l = method("different-tokens", 2, "likelihood", "surrogate").likelihood();
    int[] ids = {1, 3};
    MixtureAction action = action(2, 0, .73105858f, .26894142f);
    assertThat(l.terms(action, OLD.features(ids, 0))).hasSize(1);
    assertThat(l.terms(action, OLD.features(ids, 0))[0]).isCloseTo(-1.8433793609977913, EXACT);
    assertThat(l.terms(action, NEW.features(ids, 0))[0]).isCloseTo(-2.1934083923416603, EXACT);
    assertClose(
        gradient(l, action, OLD, ids, 0),
        -.56302123,
        .72054658,
        -.12562702,
        -.00386715,
        -.02803118);
  }

  @Test
  void collapseEvents() {
    MixtureMethod m = method("different-tokens", 2, "collapse", "0.12");
    double ratio = .12 / .88;
    assertThat(collapse(m, OLD, 0, ratio)).isCloseTo(-1.6247167286321618, EXACT);
    assertThat(collapse(m, NEW, 0, ratio)).isCloseTo(-1.4079498140730298, EXACT);
    assertThat(collapse(m, OLD, 1, ratio)).isCloseTo(-4.320293168350006, EXACT);
    assertThat(collapse(m, NEW, 1, ratio)).isCloseTo(-4.5008185930243165, EXACT);
  }

  private static double collapse(MixtureMethod m, ToyPolicy policy, int h, double ratio) {
    MixtureAction action = new MixtureAction(1, true, 0, new float[] {1, 0}, new float[2]);
    int[] ids = {h, h};
    return m.likelihood().terms(action, policy.features(ids, ratio * OLD.p[h], OLD))[0];
  }

  @Test
  void dirichletDensities() {
    checkDirichlet("1", -0.4591063411926266, -0.7073632579755518, -.38162604);
    checkDirichlet("10", 0.9223774267246743, 0.4325540011938913, -.55058658);
  }

  private static void checkDirichlet(String c, double before, double after, double slope) {
    MixtureLikelihood l = method("dirichlet", 2, "concentration", c).likelihood();
    int[] ids = {0, 1};
    float[] logs = {(float) Math.log(.7), (float) Math.log(.3)};
    MixtureAction action = new MixtureAction(2, false, 0, new float[] {.7f, .3f}, logs);
    double[] p = {.7310585786300049, .2689414213699951};
    double[] q = {.8175744761936437, .1824255238063563};
    // The expectation is the density of the weights: that of the log-weights without Σ ln w. The
    // stored logarithms are f32; it is moved by exactly that rounding.
    double concentration = Double.parseDouble(c);
    double jacobian = (double) logs[0] + logs[1];
    assertThat(l.terms(action, OLD.features(ids, 0))[0] - jacobian)
        .isCloseTo(before + rounding(concentration, p, logs), EXACT);
    assertThat(l.terms(action, NEW.features(ids, 0))[0] - jacobian)
        .isCloseTo(after + rounding(concentration, q, logs), EXACT);
    double[] g = gradient(l, action, OLD, ids, 0);
    assertThat(g[0]).isCloseTo(slope, within(2e-7));
    assertThat(g[1]).isCloseTo(-slope, within(2e-7));
    assertThat(g[2]).isCloseTo(0, within(1e-12));
  }

  private static double rounding(double c, double[] p, float[] logs) {
    return (c * p[0] - 1) * (logs[0] - Math.log(.7)) + (c * p[1] - 1) * (logs[1] - Math.log(.3));
  }

  @Test
  void independentDraws() {
    MixtureLikelihood l = method("multiplex", 3).likelihood();
    int[] ids = {0, 2, 0};
    MixtureAction action = action(3, 0, 1f / 3, 1f / 3, 1f / 3);
    double[] old = l.terms(action, OLD.features(ids, 0));
    double[] renewed = l.terms(action, NEW.features(ids, 0));
    assertThat(sum(old)).isCloseTo(-3.2233138188833883, EXACT);
    assertThat(sum(renewed)).isCloseTo(-3.03616393173125, EXACT);
    assertThat(Math.exp(renewed[0] - old[0])).isCloseTo(1.13774697, within(1e-7));
    assertThat(Math.exp(renewed[1] - old[1])).isCloseTo(.93150843, within(1e-7));
    assertClose(
        gradient(l, action, OLD, ids, 0),
        .3109363046,
        -.6213718084,
        .6231189471,
        -.2285899136,
        -.0840935297);
    MixtureLikelihood joint = method("multiplex", 3, "terms", "joint").likelihood();
    assertThat(joint.terms(action, OLD.features(ids, 0))).hasSize(1);
    assertThat(joint.terms(action, OLD.features(ids, 0))[0]).isCloseTo(sum(old), EXACT);
    MixtureLikelihood mean = method("multiplex", 3, "likelihood", "surrogate").likelihood();
    double ratio =
        mean.terms(action, NEW.features(ids, 0))[0] - mean.terms(action, OLD.features(ids, 0))[0];
    assertThat(Math.exp(ratio)).isCloseTo(1.0643702351, within(1e-7));
  }

  @Test
  void multiplexWeightsByProbability() {
    MixtureMethod m = method("multiplex", 3, "weights", "p");
    MixtureStep step =
        m.sample(
            OLD.candidates(m.request(), 0, 2, 0),
            Phase.MIXTURE,
            new io.amalgam.policy.random.DrawKey(0, 0, 0, 0));
    assertThat(step.weights()[0]).isCloseTo(.44981622f, within(1e-6f));
    assertThat(step.weights()[1]).isCloseTo(.10036756f, within(1e-6f));
    assertThat(step.representativeId()).isZero();
  }

  @Test
  void gammaFunctions() {
    assertThat(Gamma.logGamma(1)).isCloseTo(0, within(1e-14));
    assertThat(Gamma.logGamma(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
    assertThat(Gamma.logGamma(171)).isCloseTo(706.5730622457874, within(1e-11));
    assertThat(Gamma.logGamma(1e-10)).isCloseTo(23.025850929882735, within(1e-12));
    assertThat(Gamma.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-14));
    assertThat(Gamma.digamma(0.5)).isCloseTo(-0.5772156649015329 - 2 * Math.log(2), within(1e-14));
    assertThat(Gamma.digamma(100)).isCloseTo(4.600161852738087, within(1e-13));
  }

  private static MixtureAction action(int slots, int representative, float... weights) {
    return new MixtureAction(slots, false, representative, weights, new float[weights.length]);
  }

  static double[] gradient(
      MixtureLikelihood l, MixtureAction action, ToyPolicy policy, int[] ids, double threshold) {
    FeatureRow row = policy.features(ids, threshold);
    double[] ones = new double[l.terms(action, row).length];
    Arrays.fill(ones, 1);
    return policy.toLogits(l.backward(action, row, ones), ids, threshold);
  }

  private static void assertClose(double[] actual, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-8));
    }
  }
}
