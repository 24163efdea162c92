package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.action;
import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.ToyPolicy.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What must hold of every likelihood: normalisation, zero-mean scores, right derivatives. */
class LikelihoodPropertiesTest {
  private static final DrawKey KEY = new DrawKey(11, 0, 0, 0);
  private static final ToyPolicy OLD = ToyPolicy.old();
  private static final ToyPolicy NEW = ToyPolicy.renewed();

  @Provide
  static Arbitrary<MixtureMethod> methods() {
    return Arbitraries.of(
        method("discrete", 1),
        method("multiplex", 2),
        method("multiplex", 3, "terms", "joint"),
        method("multiplex", 3, "likelihood", "surrogate"),
        method("multiplex", 3, "weights", "p", "likelihood", "surrogate-stop-gradient"),
        method("multiplex", 2, "likelihood", "first"),
        method("different-tokens", 2),
        method("different-tokens", 2, "collapse", "0.2"),
        method("different-tokens", 2, "collapse", "0.5", "terms", "joint"),
        method("different-tokens", 3),
        method("different-tokens", 3, "terms", "joint"),
        method("different-tokens", 2, "likelihood", "ordered"),
        method("different-tokens", 2, "likelihood", "surrogate"),
        method("different-tokens", 3, "likelihood", "surrogate-stop-gradient"),
        method("different-tokens", 2, "likelihood", "first"),
        method("different-tokens", 2, "likelihood", "representative", "collapse", "0.1"),
        method("element-wise-max", 3),
        method("element-wise-max", 2, "likelihood", "surrogate", "representative", "heaviest"),
        method("dirichlet", 2),
        method("dirichlet", 3, "concentration", "10"),
        method("dirichlet", 2, "likelihood", "representative"),
        method("dirichlet", 2, "likelihood", "surrogate-stop-gradient"));
  }

  @Property(tries = 120, seed = "17")
  void derivativesAreThoseOfFiniteDifferences(
      @ForAll("methods") MixtureMethod method, @ForAll("logits") double[] logits) {
    ToyPolicy policy = new ToyPolicy(logits);
    MixtureStep step = method.sample(policy.candidates(method.request(), KEY), Phase.MIXTURE, KEY);
    MixtureLikelihood l = method.likelihood();
    MixtureAction action = action(step);
    double threshold = step.threshold();
    FeatureRow row = policy.features(step.ids(), threshold);
    double[] weights = {1.0, -0.7, 0.4};
    double[] upstream = java.util.Arrays.copyOf(weights, l.terms(action, row).length);
    double[] gradient = policy.toLogits(l.backward(action, row, upstream), step.ids(), threshold);
    double h = 1e-5;
    for (int v = 0; v < logits.length; v++) {
      double up = weighted(l, action, moved(logits, v, h).features(step.ids(), threshold, policy));
      double down =
          weighted(l, action, moved(logits, v, -h).features(step.ids(), threshold, policy));
      double expected = (up - down) / (2 * h);
      assertThat(gradient[v]).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
    }
  }

  private static double weighted(MixtureLikelihood l, MixtureAction action, FeatureRow row) {
    double[] terms = l.terms(action, row);
    double[] weights = {1.0, -0.7, 0.4};
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      sum += weights[i] * terms[i];
    }
    return sum;
  }

  private static ToyPolicy moved(double[] logits, int v, double by) {
    double[] z = logits.clone();
    z[v] += by;
    return new ToyPolicy(z);
  }

  @Property(tries = 60, seed = "17")
  void behaviourTermsAreTheReplayedOnes(
      @ForAll("methods") MixtureMethod method, @ForAll("logits") double[] logits) {
    ToyPolicy policy = new ToyPolicy(logits);
    MixtureStep step = method.sample(policy.candidates(method.request(), KEY), Phase.MIXTURE, KEY);
    double[] replayed =
        method.likelihood().terms(action(step), policy.features(step.ids(), step.threshold()));
    assertThat(step.terms()).isEqualTo(replayed.length);
    for (int i = 0; i < replayed.length; i++) {
      assertThat((double) step.logProbs()[i]).isCloseTo(replayed[i], within(2e-5));
    }
  }

  /** What is replayed where one candidate is all but impossible, so that its log-weight is huge. */
  @Test
  void storedDirichletTermsAreTheReplayedOnesWhateverTheProbabilities() {
    for (double least : new double[] {1e-4, 1e-8, 1e-12}) {
      ToyPolicy policy = new ToyPolicy(0, Math.log(least), -60);
      for (String c : List.of("0.001", "1", "10000")) {
        MixtureMethod m = method("dirichlet", 2, "concentration", c);
        for (int position = 0; position < 200; position++) {
          DrawKey key = new DrawKey(5, 0, 0, position);
          MixtureStep step = m.sample(policy.candidates(m.request(), key), Phase.MIXTURE, key);
          double replayed = m.likelihood().terms(action(step), policy.features(step.ids(), 0))[0];
          assertThat(step.logProbs()[0] - replayed)
              .as("p = %s, c = %s", least, c)
              .isCloseTo(0, within(2e-4));
        }
      }
    }
  }

  @Property(tries = 60, seed = "17")
  void behaviourTermsOfAClosingMarkerAreTheReplayedOnes(
      @ForAll("methods") MixtureMethod method, @ForAll("logits") double[] logits) {
    ToyPolicy policy = new ToyPolicy(logits);
    MixtureStep step =
        method.sample(policy.candidates(method.request(), KEY), Phase.MIXTURE, KEY).fedOneHot();
    double[] replayed =
        method.likelihood().terms(action(step), policy.features(step.ids(), step.threshold()));
    assertThat(step.terms()).isEqualTo(replayed.length);
    for (int i = 0; i < replayed.length; i++) {
      assertThat((double) step.logProbs()[i]).isCloseTo(replayed[i], within(2e-5));
    }
  }

  @Provide
  static Arbitrary<double[]> logits() {
    return Arbitraries.doubles().between(-3, 3).array(double[].class).ofSize(6);
  }

  @Test
  void exactRatiosHaveMeanOneAndScoresMeanZero() {
    List<MixtureMethod> exact =
        List.of(
            method("discrete", 1),
            method("different-tokens", 2, "collapse", "0.12"),
            method("different-tokens", 2, "collapse", "0.5"),
            method("different-tokens", 2, "likelihood", "ordered"),
            method("different-tokens", 3),
            method("multiplex", 2),
            method("multiplex", 3));
    for (MixtureMethod m : exact) {
      Expectation e = expectation(m);
      assertThat(e.total).as(m.spec().toString()).isCloseTo(1, within(1e-6));
      assertThat(e.ratio).as(m.spec().toString()).isCloseTo(1, within(1e-6));
      for (double g : e.score) {
        assertThat(g).as(m.spec().toString()).isCloseTo(0, within(1e-6));
      }
      assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.EXACT);
    }
  }

  @Test
  void surrogateRatiosDoNotHaveMeanOne() {
    MixtureMethod m = method("different-tokens", 2, "likelihood", "surrogate", "collapse", "0");
    Expectation e = expectation(m);
    assertThat(e.ratio).isCloseTo(1.0894583216923026, within(1e-6));
    double[] drift = {.28847298, -.08206274, -.09564444, -.07692522, -.03384057};
    for (int v = 0; v < 5; v++) {
      assertThat(e.score[v]).isCloseTo(drift[v], within(1e-6));
    }
    MixtureMethod constant =
        method("different-tokens", 2, "likelihood", "surrogate-stop-gradient", "collapse", "0");
    assertThat(expectation(constant).score[0]).isCloseTo(.11531452, within(1e-6));
    assertThat(expectation(method("multiplex", 2, "likelihood", "surrogate")).ratio)
        .isCloseTo(.9905086620, within(1e-6));
    assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.SURROGATE);
  }

  /** The score-function gradient of E[reward of the mixture] against finite differences. */
  @Test
  void theExpectedGradientOfAMixtureRewardIsTheTrueOne() {
    double[] value = {1, -.5, .3, 2, -1};
    double[] logits = {2, 1, .5, 0, -1};
    for (MixtureMethod m :
        List.of(
            method("multiplex", 2),
            method("multiplex", 3),
            method("different-tokens", 2, "weights", "uniform", "likelihood", "ordered"),
            method("different-tokens", 2, "weights", "uniform", "collapse", "0.12"),
            method("different-tokens", 3, "weights", "uniform"))) {
      double[] score = new double[5];
      visit(
          m,
          OLD,
          (probability, step) -> {
            double reward = reward(step, value);
            double[] g =
                LikelihoodVectorsTest.gradient(
                    m.likelihood(), action(step), OLD, step.ids(), step.threshold());
            for (int v = 0; v < 5; v++) {
              score[v] += probability * reward * g[v];
            }
          });
      double h = 1e-4;
      for (int v = 0; v < 5; v++) {
        double up = expectedReward(m, moved(logits, v, h), value);
        double down = expectedReward(m, moved(logits, v, -h), value);
        assertThat(score[v]).as(m.spec().toString()).isCloseTo((up - down) / (2 * h), within(1e-5));
      }
    }
  }

  /** Expectation under a policy of the rewards of the old policy's actions, by its draws. */
  private static double expectedReward(MixtureMethod m, ToyPolicy policy, double[] value) {
    double[] sum = new double[1];
    // What collapses is part of the environment, decided by the behaviour policy.
    visit(m, policy, OLD, (probability, step) -> sum[0] += probability * reward(step, value));
    return sum[0];
  }

  /** Not linear, so that only the right treatment of the joint action gives the gradient. */
  private static double reward(MixtureStep step, double[] value) {
    double x = 0;
    for (int j = 0; j < step.slots(); j++) {
      x += step.weights()[j] * value[step.ids()[j]];
    }
    return x * x + x;
  }

  private static final class Expectation {
    double total;
    double ratio;
    final double[] score = new double[5];
  }

  private static Expectation expectation(MixtureMethod m) {
    Expectation out = new Expectation();
    MixtureLikelihood l = m.likelihood();
    visit(
        m,
        OLD,
        (probability, step) -> {
          MixtureAction action = action(step);
          FeatureRow before = OLD.features(step.ids(), step.threshold());
          FeatureRow after = NEW.features(step.ids(), step.threshold(), OLD);
          out.total += probability;
          out.ratio +=
              probability * Math.exp(sum(l.terms(action, after)) - sum(l.terms(action, before)));
          double[] g = LikelihoodVectorsTest.gradient(l, action, OLD, step.ids(), step.threshold());
          for (int v = 0; v < g.length; v++) {
            out.score[v] += probability * g[v];
          }
        });
    return out;
  }

  private static void visit(
      MixtureMethod m, ToyPolicy policy, BiConsumer<Double, MixtureStep> visitor) {
    visit(m, policy, policy, visitor);
  }

  /** Every way the draws can fall, with its probability; {@code actor} decides the action. */
  private static void visit(
      MixtureMethod m, ToyPolicy policy, ToyPolicy actor, BiConsumer<Double, MixtureStep> visitor) {
    visit(m, policy, actor, new int[m.spec().k()], 0, 1, 1, visitor);
  }

  private static void visit(
      MixtureMethod m,
      ToyPolicy policy,
      ToyPolicy actor,
      int[] drawn,
      int depth,
      double probability,
      double mass,
      BiConsumer<Double, MixtureStep> visitor) {
    if (depth == drawn.length) {
      visitor.accept(
          probability, m.sample(actor.candidates(m.request(), drawn), Phase.MIXTURE, KEY));
      return;
    }
    for (int v = 0; v < policy.p.length; v++) {
      boolean again = false;
      for (int j = 0; j < depth; j++) {
        again |= drawn[j] == v;
      }
      if (again && !m.request().replacement()) {
        continue;
      }
      drawn[depth] = v;
      double left = m.request().replacement() ? 1 : mass - policy.p[v];
      visit(m, policy, actor, drawn, depth + 1, probability * policy.p[v] / mass, left, visitor);
    }
  }

  @Test
  void dirichletDensityIntegratesToOne() {
    MixtureLikelihood l = method("dirichlet", 2, "concentration", "6").likelihood();
    FeatureRow row = OLD.features(new int[] {0, 1}, 0);
    int n = 4000;
    double integral = 0;
    for (int i = 0; i < n; i++) {
      double w = (i + .5) / n;
      float[] logs = {(float) Math.log(w), (float) Math.log(1 - w)};
      MixtureAction action =
          new MixtureAction(2, false, 0, new float[] {(float) w, (float) (1 - w)}, logs);
      // The term is a density of the log-weights; over w it is divided by the product of them.
      integral += Math.exp(l.terms(action, row)[0] - logs[0] - logs[1]) / n;
    }
    assertThat(integral).isCloseTo(1, within(1e-4));
  }

  @Test
  void aCollapseThatCannotHappenAnyMoreStaysFinite() {
    MixtureMethod m = method("different-tokens", 2, "collapse", "0.12");
    MixtureAction action = new MixtureAction(1, true, 0, new float[] {1, 0}, new float[2]);
    FeatureRow row = OLD.features(new int[] {0, 0}, 1e-9);
    assertThat(m.likelihood().terms(action, row)[0]).isBetween(-60.0, -50.0);
    FeatureRowGradient g = m.likelihood().backward(action, row, new double[] {1});
    assertThat(g.logProbs()[0]).isEqualTo(1);
    assertThat(g.logBelow()).isZero();
    assertThat(g.logOddsBelow()).isZero();
  }
}
