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

import io.amalgam.policy.random.DrawKey;
import org.junit.jupiter.api.Test;

class Cot2DirichletVectorsTest {
  private static final int[] IDS = {0, 1, 2};
  private static final double[] WEIGHTS = {.6, .3, .1};

  @Test
  void densities() {
    check("1", "0.001", -.5298822899357152, -.8304763572539331);
    check("4", "0.001", 1.3155555872530287, .9581023517664995);
    // Token 2 falls to .117 under the new policy and is raised to .125.
    check("1", "0.125", -.5298822899357152, -.7999711693664819);
    check("4", "0.125", 1.3155555872530287, .9756224070754234);
  }

  private static void check(String gamma, String floor, double before, double after) {
    MixtureLikelihood l = method("cot2-dirichlet", 3, "gamma", gamma, "floor", floor).likelihood();
    assertThat(l.kind()).isEqualTo(LikelihoodKind.EXACT);
    float[] logs = new float[3];
    double jacobian = 0;
    for (int j = 0; j < 3; j++) {
      logs[j] = (float) Math.log(WEIGHTS[j]);
      jacobian += logs[j];
    }
    MixtureAction action = auxiliary(logs);
    // The density of the weights is that of the log-weights less Σ ln w; both of f32 logarithms.
    assertThat(value(l, action, OLD, IDS) - jacobian)
        .isCloseTo(before + rounding(OLD, gamma, floor, logs), EXACT);
    assertThat(value(l, action, NEW, IDS) - jacobian)
        .isCloseTo(after + rounding(NEW, gamma, floor, logs), EXACT);
  }

  private static double rounding(ToyPolicy policy, String gamma, String floor, float[] logs) {
    double[] a = new double[3];
    double total = 0;
    for (int j = 0; j < 3; j++) {
      a[j] = Math.max(policy.p[j], Double.parseDouble(floor));
      total += a[j];
    }
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      sum += (Double.parseDouble(gamma) * a[j] / total - 1) * (logs[j] - Math.log(WEIGHTS[j]));
    }
    return sum;
  }

  @Test
  void whatIsRaisedToTheFloorHasNoGradientOfItsOwn() {
    MixtureLikelihood l = method("cot2-dirichlet", 2, "floor", "0.3").likelihood();
    MixtureAction action = auxiliary((float) Math.log(.7), (float) Math.log(.3));
    FeatureRow row = OLD.features(new int[] {0, 1}, 0);
    double[] g = l.backward(action, row, new double[] {1}).logProbs();
    assertThat(g[1]).isZero();
    assertThat(g[0]).isNotZero();
    double h = 1e-6;
    double up = l.terms(action, moved(row, h))[0];
    double down = l.terms(action, moved(row, -h))[0];
    assertThat(g[0]).isCloseTo((up - down) / (2 * h), within(1e-7));
  }

  private static FeatureRow moved(FeatureRow row, double by) {
    double[] logProbs = row.logProbs().clone();
    logProbs[0] += by;
    return new FeatureRow(logProbs, row.logRemaining(), row.logBelow(), row.logOddsBelow());
  }

  /** Without a floor it is the Dirichlet method at c = γ. */
  @Test
  void withoutAFloorItIsTheDirichletMethod() {
    MixtureLikelihood a = method("cot2-dirichlet", 2, "floor", "0", "gamma", "10").likelihood();
    MixtureLikelihood b = method("dirichlet", 2, "concentration", "10").likelihood();
    MixtureAction action = auxiliary((float) Math.log(.7), (float) Math.log(.3));
    assertThat(value(a, action, NEW, 0, 1)).isEqualTo(value(b, action, NEW, 0, 1));
    assertThat(gradient(a, action, OLD, new int[] {0, 1}, 0))
        .isEqualTo(gradient(b, action, OLD, new int[] {0, 1}, 0));
  }

  @Test
  void theSupportIsWhatReachesTheFloor() {
    MixtureMethod m = method("cot2-dirichlet", 5, "floor", "0.1");
    DrawKey key = new DrawKey(1, 0, 0, 0);
    MixtureStep step = m.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key);
    assertThat(step.slots()).isEqualTo(3);
    assertThat(step.ids()).containsExactly(0, 1, 2, 0, 0);
    MixtureMethod certain = method("cot2-dirichlet", 5, "floor", "0.5");
    MixtureStep one = certain.sample(OLD.candidates(m.request(), key), Phase.MIXTURE, key);
    assertThat(one.slots()).isEqualTo(1);
    assertThat(one.terms()).isZero();
    assertThat(one.representativeId()).isZero();
    assertThat(one.weights()).containsExactly(1, 0, 0, 0, 0);
  }
}
