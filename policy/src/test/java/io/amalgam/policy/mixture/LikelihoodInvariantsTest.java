package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.action;
import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.ToyPolicy.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What must hold of the likelihoods of every method: invariants 5 to 10. Every method of the
 * catalogue is covered, with all its likelihoods and k = 1, 2, 3, 5.
 */
class LikelihoodInvariantsTest {
  private static final ToyRow OLD = ToyRow.old();
  private static final ToyRow NEW = ToyRow.renewed();
  private static final int SAMPLES = 8_000;

  /** Mean ratios of stand-ins on the worked example, by method, k and likelihood. */
  private static final Map<MixtureMethod, Double> RECORDED =
      Map.of(
          method("different-tokens", 2, "likelihood", "surrogate", "collapse", "0"),
          1.0894583216923026,
          method("multiplex", 2, "likelihood", "surrogate"),
          .9905086620,
          method("multiplex", 3, "likelihood", "surrogate"),
          .9872273968);

  @Provide
  static Arbitrary<MixtureMethod> methods() {
    return Arbitraries.of(CatalogMethods.all(CatalogMethods::trains));
  }

  @Provide
  static Arbitrary<double[]> logits() {
    return Arbitraries.doubles().between(-3, 3).array(double[].class).ofSize(6);
  }

  @Test
  @DisplayName("Invariant 5: exp(log-prob) of every action is its probability, and they sum to 1")
  void exactLikelihoodsAreTheProbabilitiesOfTheirActions() {
    int methods = 0;
    for (MixtureMethod m : countable(CatalogMethods.all(CatalogMethods::exact))) {
      Map<List<Object>, Double> probability = new LinkedHashMap<>();
      Map<List<Object>, Double> density = new LinkedHashMap<>();
      ToyPolicy policy = OLD.seenBy(m);
      OLD.visit(
          m,
          OLD,
          (p, step) -> {
            List<Object> action =
                List.of(
                    step.slots(),
                    step.collapsed(),
                    step.representative(),
                    Arrays.toString(step.ids()));
            double logProb =
                sum(m.likelihood().terms(action(step), features(policy, step, policy)));
            probability.merge(action, p, Double::sum);
            density.put(action, Math.exp(logProb));
          });
      double total = 0;
      for (Map.Entry<List<Object>, Double> e : probability.entrySet()) {
        // The collapse threshold is stored in f32.
        assertThat(density.get(e.getKey()))
            .as("%s of %s", e.getKey(), m.spec())
            .isCloseTo(e.getValue(), within(1e-6));
        total += density.get(e.getKey());
      }
      assertThat(total).as(m.spec().toString()).isCloseTo(1, within(1e-6));
      methods++;
    }
    assertThat(methods).isGreaterThan(8);
  }

  @Test
  @DisplayName("Invariant 5: the Dirichlet density of two weights integrates to 1")
  void dirichletDensitiesIntegrateToOne() {
    for (double c : new double[] {3, 6, 20}) {
      MixtureMethod m = method("dirichlet", 2, "concentration", Double.toString(c));
      FeatureRow row = ToyPolicy.old().features(new int[] {0, 1}, 0);
      int n = 20_000;
      double integral = 0;
      for (int i = 0; i < n; i++) {
        // w = sin²(x) takes the singular ends away.
        double x = Math.PI / 2 * (i + .5) / n;
        double w = Math.sin(x) * Math.sin(x);
        float[] logs = {(float) Math.log(w), (float) Math.log1p(-w)};
        MixtureAction action =
            new MixtureAction(2, false, 0, new float[] {(float) w, (float) (1 - w)}, logs);
        double slope = 2 * Math.sin(x) * Math.cos(x) * Math.PI / 2 / n;
        integral += slope * Math.exp(m.likelihood().terms(action, row)[0] - logs[0] - logs[1]);
      }
      assertThat(integral).as("c = %s", c).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  @DisplayName("Invariants 6 and 7: exact ratios have mean 1 and scores mean 0, by enumeration")
  void countableExactLikelihoodsHaveMeanRatioOneAndMeanScoreZero() {
    for (MixtureMethod m : countable(CatalogMethods.all(CatalogMethods::exact))) {
      Expectation e = enumerated(m);
      assertThat(e.total).as(m.spec().toString()).isCloseTo(1, within(1e-9));
      assertThat(e.ratio).as(m.spec().toString()).isCloseTo(1, within(1e-6));
      for (double g : e.score) {
        assertThat(g).as(m.spec().toString()).isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  @DisplayName("Invariants 6 and 7: the same of densities, sampled, within 4 standard errors")
  void densitiesHaveMeanRatioOneAndMeanScoreZero() {
    int methods = 0;
    for (MixtureMethod m : CatalogMethods.all(CatalogMethods::exact)) {
      if (CatalogMethods.countable(m)) {
        continue;
      }
      methods++;
      ToyPolicy before = OLD.seenBy(m);
      ToyPolicy after = NEW.keeping(OLD.kept(m));
      Mean ratio = new Mean();
      Mean[] score = {new Mean(), new Mean(), new Mean(), new Mean(), new Mean()};
      for (int position = 0; position < SAMPLES; position++) {
        MixtureStep step = OLD.step(m, new DrawKey(41, 0, 0, position));
        ratio.add(ratio(m, step, before, after));
        double[] g = score(m, step, before);
        for (int v = 0; v < g.length; v++) {
          score[v].add(g[v]);
        }
      }
      assertThat(ratio.mean())
          .as(m.spec().toString())
          .isCloseTo(1, within(4 * ratio.standardError() + 1e-6));
      for (Mean s : score) {
        assertThat(s.mean())
            .as(m.spec().toString())
            .isCloseTo(0, within(4.5 * s.standardError() + 1e-6));
      }
    }
    assertThat(methods).isPositive();
  }

  @Test
  @DisplayName(
      "Invariant 6: stand-ins have the mean ratios and drifts on record, which are not 1 and 0")
  void surrogatesHaveTheRecordedMeanRatios() {
    RECORDED.forEach(
        (m, ratio) -> {
          assertThat(m.likelihood().kind()).isEqualTo(LikelihoodKind.SURROGATE);
          assertThat(enumerated(m).ratio).as(m.spec().toString()).isCloseTo(ratio, within(1e-6));
          assertThat(Math.abs(ratio - 1)).isGreaterThan(0.005);
        });
    double[] drift = {.28847298, -.08206274, -.09564444, -.07692522, -.03384057};
    double[] constant = {.11531452, -.01809339, -.03819776, -.03766848, -.02135489};
    double[] withGradient =
        enumerated(method("different-tokens", 2, "likelihood", "surrogate", "collapse", "0")).score;
    double[] without =
        enumerated(
                method(
                    "different-tokens",
                    2,
                    "likelihood",
                    "surrogate-stop-gradient",
                    "collapse",
                    "0"))
            .score;
    for (int v = 0; v < 5; v++) {
      assertThat(withGradient[v]).isCloseTo(drift[v], within(1e-6));
      assertThat(without[v]).isCloseTo(constant[v], within(1e-6));
    }
    for (MixtureMethod m : countable(CatalogMethods.all(CatalogMethods::surrogate))) {
      Expectation e = enumerated(m);
      assertThat(e.total).as(m.spec().toString()).isCloseTo(1, within(1e-9));
      assertThat(e.ratio).as(m.spec().toString()).isPositive().isFinite();
    }
  }

  /** Invariant 8: to 1e-4 of the largest entry, in double precision. */
  @Property(tries = 1500, seed = "17")
  void derivativesAreThoseOfFiniteDifferences(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    ToyRow row = new ToyRow(logits);
    int[] kept = row.kept(m);
    ToyPolicy policy = row.keeping(kept);
    MixtureStep step = row.step(m, new DrawKey(43, 0, 0, position));
    double[] upstream = {1.0, -0.7, 0.4, 1.3, -0.2};
    double[] got = gradient(m, step, policy, upstream);
    double[] want = new double[got.length];
    // Small beside the smallest temperature with which a method sharpens the policy.
    double h = 2e-6;
    for (int v : kept) {
      double up = value(m, step, row.moved(v, h).keeping(kept), policy, upstream);
      double down = value(m, step, row.moved(v, -h).keeping(kept), policy, upstream);
      want[v] = (up - down) / (2 * h);
    }
    double size = Arrays.stream(want).map(Math::abs).max().orElse(0);
    for (int v : kept) {
      assertThat(got[v])
          .as("%s, logit %d", m.spec(), v)
          .isCloseTo(want[v], within(1e-4 * size + 1e-7));
    }
  }

  /**
   * Invariant 9. Ordered draws without replacement, and what looks at slot 0 alone, depend on the
   * order; everything else is the same for slots in any order.
   */
  @Property(tries = 1500, seed = "17")
  void theOrderOfSlotsMattersOnlyWhereItIsPartOfTheAction(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    ToyRow row = new ToyRow(logits);
    MixtureStep step = row.step(m, new DrawKey(47, 0, 0, position));
    if (step.slots() < 2 || step.ids()[0] == step.ids()[step.slots() - 1]) {
      return;
    }
    if (step.auxiliary().length != m.spec().k()) {
      // Values that do not belong to slots cannot be permuted with them.
      return;
    }
    ToyPolicy policy = row.seenBy(m);
    double before = sum(m.likelihood().terms(action(step), features(policy, step, policy)));
    double after =
        sum(m.likelihood().terms(turned(action(step)), policy.features(turned(step), 0)));
    if (!orderMatters(m)) {
      assertThat(after).as(m.spec().toString()).isCloseTo(before, within(1e-9));
    } else {
      double p = policy.p[step.ids()[0]];
      double q = policy.p[step.ids()[step.slots() - 1]];
      if (Math.abs(p - q) > 0.01) {
        assertThat(Math.abs(after - before)).as(m.spec().toString()).isGreaterThan(1e-6);
      }
    }
  }

  /** Whether a likelihood is one of the order, or of the draw that stands in slot 0. */
  private static boolean orderMatters(MixtureMethod m) {
    boolean orderedDraws = !m.request().replacement() && CatalogMethods.exact(m);
    boolean slotZero =
        CatalogMethods.word(m, "likelihood").equals("first")
            || CatalogMethods.exact(m)
                && !m.likelihood().isDensity()
                && m.request().draws() == 1
                && m.request().top() > 0;
    return orderedDraws && !CatalogMethods.word(m, "likelihood").equals("set") || slotZero;
  }

  private static int[] turned(MixtureStep s) {
    int[] ids = s.ids().clone();
    for (int j = 0; j < s.slots(); j++) {
      ids[j] = s.ids()[s.slots() - 1 - j];
    }
    return ids;
  }

  private static MixtureAction turned(MixtureAction a) {
    int n = a.slots();
    float[] weights = a.weights().clone();
    float[] auxiliary = a.auxiliary().clone();
    for (int j = 0; j < n; j++) {
      weights[j] = a.weights()[n - 1 - j];
      auxiliary[j] = a.auxiliary()[n - 1 - j];
    }
    return new MixtureAction(n, a.collapsed(), n - 1 - a.representative(), weights, auxiliary);
  }

  /** Invariant 10: nothing depends on a constant in all logits. */
  @Property(tries = 500, seed = "17")
  void aConstantInAllLogitsChangesNothing(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = -30, max = 30) int constant,
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    ToyRow row = new ToyRow(logits);
    ToyRow shifted = new ToyRow(Arrays.stream(logits).map(z -> z + constant).toArray());
    DrawKey key = new DrawKey(53, 0, 0, position);
    MixtureStep a = row.step(m, key);
    MixtureStep b = shifted.step(m, key);
    assertThat(b.ids()).isEqualTo(a.ids());
    assertThat(b.representative()).isEqualTo(a.representative());
    assertThat(b.slots()).isEqualTo(a.slots());
    ToyPolicy before = row.seenBy(m);
    ToyPolicy after = shifted.seenBy(m);
    double[] terms = m.likelihood().terms(action(a), features(before, a, before));
    double[] same = m.likelihood().terms(action(a), features(after, a, after));
    for (int i = 0; i < terms.length; i++) {
      assertThat(same[i]).isCloseTo(terms[i], within(1e-8 * (1 + Math.abs(terms[i]))));
    }
    for (int j = 0; j < a.weights().length; j++) {
      assertThat(b.weights()[j]).isCloseTo(a.weights()[j], within(1e-5f));
    }
  }

  /**
   * Invariant 10: what is recorded at a temperature, under a filter too, is the likelihood of the
   * replay under the same. The same with a model is {@link ModelInvariantsTest}'s.
   */
  @Property(tries = 1000, seed = "17")
  void recordedTermsAreTheReplayedOnesAtTheSameTemperature(
      @ForAll("methods") MixtureMethod plain,
      @ForAll("logits") double[] logits,
      @ForAll("temperatures") double temperature,
      @ForAll("topK") int topK,
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    java.util.TreeMap<String, String> p = new java.util.TreeMap<>(plain.spec().parameters());
    p.put("top-k", Integer.toString(topK));
    MethodSpec s = plain.spec();
    MixtureMethod m = MethodCatalog.create(new MethodSpec(s.method(), s.k(), temperature, p));
    ToyRow row = new ToyRow(Arrays.stream(logits).map(z -> z / temperature).toArray());
    MixtureStep step = row.step(m, new DrawKey(59, 0, 0, position));
    ToyPolicy policy = row.seenBy(m);
    double[] replayed = m.likelihood().terms(action(step), features(policy, step, policy));
    // Terms depend on the fed weights nowhere but at slots that were fed as sampled.
    double[] closing =
        m.likelihood().terms(action(step.fedOneHot()), features(policy, step, policy));
    assertThat(replayed).hasSize(step.terms());
    assertThat(closing).isEqualTo(replayed);
    for (int i = 0; i < replayed.length; i++) {
      assertThat((double) step.logProbs()[i])
          .as(m.spec().toString())
          .isCloseTo(replayed[i], within(3e-5 * (1 + Math.abs(replayed[i]))));
    }
  }

  @Provide
  static Arbitrary<Double> temperatures() {
    return Arbitraries.of(0.6, 1.0, 1.7);
  }

  @Provide
  static Arbitrary<Integer> topK() {
    return Arbitraries.of(0, 4, 2, 1);
  }

  private static List<MixtureMethod> countable(List<MixtureMethod> methods) {
    return methods.stream().filter(CatalogMethods::countable).toList();
  }

  private static final class Expectation {
    double total;
    double ratio;
    final double[] score = new double[5];
  }

  private static Expectation enumerated(MixtureMethod m) {
    Expectation out = new Expectation();
    ToyPolicy before = OLD.seenBy(m);
    ToyPolicy after = NEW.keeping(OLD.kept(m));
    OLD.visit(
        m,
        OLD,
        (probability, step) -> {
          out.total += probability;
          out.ratio += probability * ratio(m, step, before, after);
          double[] g = score(m, step, before);
          for (int v = 0; v < g.length; v++) {
            out.score[v] += probability * g[v];
          }
        });
    return out;
  }

  /** Which tokens count as below the threshold stays as the behaviour policy had it. */
  private static double ratio(
      MixtureMethod m, MixtureStep step, ToyPolicy before, ToyPolicy after) {
    MixtureAction action = action(step);
    return Math.exp(
        sum(m.likelihood().terms(action, features(after, step, before)))
            - sum(m.likelihood().terms(action, features(before, step, before))));
  }

  private static double[] score(MixtureMethod m, MixtureStep step, ToyPolicy policy) {
    double[] ones = new double[Math.max(5, step.terms())];
    Arrays.fill(ones, 1);
    return gradient(m, step, policy, ones);
  }

  private static double[] gradient(
      MixtureMethod m, MixtureStep step, ToyPolicy policy, double[] upstream) {
    FeatureRow row = features(policy, step, policy);
    double[] cut = Arrays.copyOf(upstream, m.likelihood().terms(action(step), row).length);
    FeatureRowGradient g = m.likelihood().backward(action(step), row, cut);
    return policy.toLogits(g, step.ids(), step.threshold());
  }

  private static double value(
      MixtureMethod m, MixtureStep step, ToyPolicy policy, ToyPolicy members, double[] upstream) {
    double[] terms = m.likelihood().terms(action(step), features(policy, step, members));
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      sum += upstream[i] * terms[i];
    }
    return sum;
  }

  private static FeatureRow features(ToyPolicy policy, MixtureStep step, ToyPolicy members) {
    return policy.features(step.ids(), step.threshold(), members);
  }

  /** A running mean with its standard error. */
  static final class Mean {
    private long n;
    private double sum;
    private double squares;

    void add(double x) {
      n++;
      sum += x;
      squares += x * x;
    }

    double mean() {
      return sum / n;
    }

    double standardError() {
      return Math.sqrt(Math.max(0, squares / n - mean() * mean()) / n);
    }
  }
}
