package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.Vectors.EXACT;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static io.amalgam.policy.mixture.Vectors.auxiliary;
import static io.amalgam.policy.mixture.Vectors.gradient;
import static io.amalgam.policy.mixture.Vectors.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DirichletVectorsTest {
  private static final int[] IDS = {0, 1};

  @Test
  void densities() {
    check("1", -0.4591063411926266, -0.7073632579755518, .7801594814639884, -.38162604);
    check("10", 0.9223774267246743, 0.4325540011938913, .6127345779157589, -.55058658);
  }

  private static void check(String c, double before, double after, double ratio, double slope) {
    MixtureLikelihood l = method("dirichlet", 2, "concentration", c).likelihood();
    float[] logs = {(float) Math.log(.7), (float) Math.log(.3)};
    MixtureAction action = auxiliary(logs);
    double[] p = {.7310585786300049, .2689414213699951};
    double[] q = {.8175744761936437, .1824255238063563};
    double concentration = Double.parseDouble(c);
    // The expectation is the density of the weights: that of the log-weights without Σ ln w.
    double jacobian = (double) logs[0] + logs[1];
    double old = value(l, action, OLD, IDS);
    double renewed = value(l, action, NEW, IDS);
    assertThat(old - jacobian).isCloseTo(before + rounding(concentration, p, logs), EXACT);
    assertThat(renewed - jacobian).isCloseTo(after + rounding(concentration, q, logs), EXACT);
    double moved = rounding(concentration, q, logs) - rounding(concentration, p, logs);
    assertThat(Math.exp(renewed - old - moved)).isCloseTo(ratio, EXACT);
    double[] g = gradient(l, action, OLD, IDS, 0);
    assertThat(g[0]).isCloseTo(slope, within(2e-7));
    assertThat(g[1]).isCloseTo(-slope, within(2e-7));
    assertThat(g[2]).isCloseTo(0, within(1e-12));
  }

  private static double rounding(double c, double[] p, float[] logs) {
    return (c * p[0] - 1) * (logs[0] - Math.log(.7)) + (c * p[1] - 1) * (logs[1] - Math.log(.3));
  }

  @Test
  void representatives() {
    MixtureLikelihood l = method("dirichlet", 2, "likelihood", "representative").likelihood();
    MixtureAction action = new MixtureAction(2, false, 1, new float[] {.7f, .3f}, new float[2]);
    assertThat(value(l, action, OLD, IDS)).isCloseTo(-1.5744379396, EXACT);
    assertThat(value(l, action, NEW, IDS)).isCloseTo(-1.9453879772, EXACT);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
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
}
