package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.action;
import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.mixture.LikelihoodInvariantsTest.Mean;
import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An environment of two positions in which the reward depends on both mixtures, and the second
 * position's policy on what the first fed: invariant 21.
 *
 * <p>Logits of position t are θ + U x_{t−1}, x_{t−1} = Σ_j w_j E[s_j] and x_{−1} = 0; the reward is
 * a quadratic function of both x. The policy-gradient estimate is R Σ_t ∇_θ log π(a_t) with the fed
 * weights as constants. Where the weights are the same under every policy it is the gradient of the
 * expected reward; where they follow the policy it lacks the pathwise term through them.
 */
class BanditTest {
  private static final int SAMPLES = 100_000;
  private static final int VOCABULARY = 5;
  private static final double[] THETA = {1, .5, .2, -.3, -.8};

  /** E [vocabulary][2]. */
  private static final double[][] EMBEDDING = {{1, .2}, {-.6, .9}, {.3, -1}, {.8, .8}, {-1, -.4}};

  /** U [vocabulary][2]. */
  private static final double[][] OUTPUT = {{.6, -.4}, {-.3, .8}, {.5, .5}, {-.7, .1}, {.2, -.6}};

  @Test
  @DisplayName("Invariant 21: 1e5 samples of uniform Different Tokens estimate the true gradient")
  void uniformDifferentTokens() {
    check(method("different-tokens", 2, "weights", "uniform", "likelihood", "ordered"), true);
  }

  @Test
  @DisplayName("Invariant 21: 1e5 samples of uniform Multiplex estimate the true gradient")
  void uniformMultiplex() {
    check(method("multiplex", 2), true);
  }

  @Test
  @DisplayName("Invariant 21: p-weights miss exactly the pathwise term")
  void weightsOfThePolicyMissThePathwiseTerm() {
    check(method("different-tokens", 2, "likelihood", "ordered"), false);
    check(method("multiplex", 2, "weights", "p"), false);
  }

  @Test
  @DisplayName(
      "Invariant 21: every countable exact method with two slots has the gradient at held weights")
  void scoreFunctionsOfEveryMethodGiveTheGradientAtHeldWeights() {
    for (MixtureMethod m :
        CatalogMethods.all(
            x -> x.spec().k() == 2 && CatalogMethods.exact(x) && CatalogMethods.countable(x))) {
      double[] held = heldGradient(m);
      double[] score = enumeratedScore(m);
      for (int v = 0; v < VOCABULARY; v++) {
        assertThat(score[v]).as(m.spec().toString()).isCloseTo(held[v], within(1e-5));
      }
    }
  }

  private static void check(MixtureMethod m, boolean exact) {
    assertThat(CatalogMethods.fixedWeights(m)).isEqualTo(exact);
    double[] truth = trueGradient(m);
    double[] held = heldGradient(m);
    Mean[] estimate = estimate(m);
    double gap = 0;
    for (int v = 0; v < VOCABULARY; v++) {
      double error = estimate[v].standardError();
      assertThat(estimate[v].mean()).as(m.spec().toString()).isCloseTo(held[v], within(4 * error));
      gap = Math.max(gap, Math.abs(estimate[v].mean() - truth[v]) / error);
      if (exact) {
        assertThat(held[v]).isCloseTo(truth[v], within(1e-6));
      }
    }
    if (exact) {
      assertThat(gap).isLessThan(4);
    } else {
      assertThat(gap).as("pathwise gap in standard errors").isGreaterThan(8);
    }
  }

  /** Mean and error of each entry of the policy-gradient estimate. */
  private static Mean[] estimate(MixtureMethod m) {
    Mean[] out = new Mean[VOCABULARY];
    Arrays.setAll(out, v -> new Mean());
    for (int i = 0; i < SAMPLES; i++) {
      ToyRow first = row(THETA, new double[2]);
      MixtureStep a = first.step(m, new DrawKey(61, i, 0, 0));
      double[] x = fed(a);
      ToyRow second = row(THETA, x);
      MixtureStep b = second.step(m, new DrawKey(61, i, 0, 1));
      double reward = reward(x, fed(b));
      double[] g = score(m, first, a);
      double[] h = score(m, second, b);
      for (int v = 0; v < VOCABULARY; v++) {
        out[v].add(reward * (g[v] + h[v]));
      }
    }
    return out;
  }

  private static double[] enumeratedScore(MixtureMethod m) {
    double[] out = new double[VOCABULARY];
    ToyRow first = row(THETA, new double[2]);
    first.visit(
        m,
        first,
        (p, a) -> {
          double[] x = fed(a);
          double[] g = score(m, first, a);
          ToyRow second = row(THETA, x);
          second.visit(
              m,
              second,
              (q, b) -> {
                double[] h = score(m, second, b);
                for (int v = 0; v < VOCABULARY; v++) {
                  out[v] += p * q * reward(x, fed(b)) * (g[v] + h[v]);
                }
              });
        });
    return out;
  }

  /** The derivative of the expected reward, weights included. */
  private static double[] trueGradient(MixtureMethod m) {
    return differences(theta -> expectedReward(m, theta, theta));
  }

  /** The same where what is fed for given draws stays as the present policy has it. */
  private static double[] heldGradient(MixtureMethod m) {
    return differences(theta -> expectedReward(m, theta, THETA));
  }

  /**
   * @param theta decides what is drawn
   * @param actor decides what is fed for it
   */
  private static double expectedReward(MixtureMethod m, double[] theta, double[] actor) {
    double[] sum = new double[1];
    row(theta, new double[2])
        .visit(
            m,
            row(actor, new double[2]),
            (p, a) -> {
              double[] x = fed(a);
              row(theta, x).visit(m, row(actor, x), (q, b) -> sum[0] += p * q * reward(x, fed(b)));
            });
    return sum[0];
  }

  private interface Objective {
    double at(double[] theta);
  }

  private static double[] differences(Objective objective) {
    double[] out = new double[VOCABULARY];
    double h = 1e-3;
    for (int v = 0; v < VOCABULARY; v++) {
      double[] up = THETA.clone();
      double[] down = THETA.clone();
      up[v] += h;
      down[v] -= h;
      out[v] = (objective.at(up) - objective.at(down)) / (2 * h);
    }
    return out;
  }

  private static double[] score(MixtureMethod m, ToyRow row, MixtureStep step) {
    ToyPolicy policy = row.seenBy(m);
    FeatureRow features = policy.features(step.ids(), step.threshold());
    double[] ones = new double[step.terms()];
    Arrays.fill(ones, 1);
    FeatureRowGradient g = m.likelihood().backward(action(step), features, ones);
    return policy.toLogits(g, step.ids(), step.threshold());
  }

  private static ToyRow row(double[] theta, double[] x) {
    double[] z = theta.clone();
    for (int v = 0; v < VOCABULARY; v++) {
      z[v] += OUTPUT[v][0] * x[0] + OUTPUT[v][1] * x[1];
    }
    return new ToyRow(z);
  }

  private static double[] fed(MixtureStep step) {
    double[] x = new double[2];
    for (int j = 0; j < step.slots(); j++) {
      for (int d = 0; d < 2; d++) {
        x[d] += step.weights()[j] * EMBEDDING[step.ids()[j]][d];
      }
    }
    return x;
  }

  private static double reward(double[] x, double[] y) {
    return x[0] * y[1] - 0.5 * x[1] * y[0] + x[0] * x[0] + y[0] * y[0] - 0.3 * y[1];
  }

  @Test
  @DisplayName("Invariant 21: the environment can tell the arms apart")
  void theRewardDependsOnBothMixtures() {
    for (double[] g :
        List.of(
            trueGradient(method("multiplex", 2)),
            trueGradient(method("different-tokens", 2, "weights", "uniform", "collapse", "0")))) {
      assertThat(Arrays.stream(g).map(Math::abs).max().orElse(0)).isGreaterThan(0.05);
    }
  }
}
