package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What must hold of the steps of every method: invariants 1 to 4. Every method of the catalogue is
 * covered, with all its likelihoods and k = 1, 2, 3, 5.
 */
class SamplingInvariantsTest {
  private static final int DRAWS = 100_000;
  private static final int VOCABULARY = 7;
  private static final List<MixtureMethod> ALL = CatalogMethods.all();

  /** Methods whose heaviest candidate is the maximum of log-probs with Gumbel noise. */
  private static final Set<String> GUMBEL_MAXIMUM = Set.of("gumbel", "lepo");

  @Provide
  static Arbitrary<MixtureMethod> methods() {
    return Arbitraries.of(ALL);
  }

  @Provide
  static Arbitrary<CandidateFilter> filters() {
    return Arbitraries.of(
        CandidateFilter.NONE,
        new CandidateFilter(4, 1, 0),
        new CandidateFilter(2, 1, 0),
        new CandidateFilter(1, 1, 0),
        new CandidateFilter(0, 0.8, 0),
        new CandidateFilter(0, 1, 0.1),
        new CandidateFilter(5, 0.9, 0.02));
  }

  @Provide
  static Arbitrary<double[]> logits() {
    return Arbitraries.doubles().between(-4, 4).array(double[].class).ofSize(VOCABULARY);
  }

  /** Invariant 1. */
  @Property(tries = 1500, seed = "17")
  void everyStepIsAMixtureOfAllowedTokens(
      @ForAll("methods") MixtureMethod plain,
      @ForAll("filters") CandidateFilter filter,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = DrawKey.MAX_POSITION) int position) {
    MixtureMethod m = filtered(plain, filter);
    ToyRow row = new ToyRow(logits);
    DrawKey key = new DrawKey(3, 1, 2, position);
    MixtureStep step = row.step(m, key);
    int k = m.spec().k();
    assertThat(step.ids()).hasSize(k);
    assertThat(step.weights()).hasSize(k);
    assertThat(step.slots()).isBetween(1, k);
    assertThat(step.representative()).isBetween(0, step.slots() - 1);
    Set<Integer> allowed = new HashSet<>(Arrays.stream(row.kept(m)).boxed().toList());
    Set<Integer> ids = new HashSet<>();
    double sum = 0;
    for (int j = 0; j < k; j++) {
      assertThat(step.weights()[j]).isBetween(0f, 1f);
      sum += step.weights()[j];
      if (j < step.slots()) {
        assertThat(allowed).contains(step.ids()[j]);
        ids.add(step.ids()[j]);
      } else {
        assertThat(step.ids()[j]).isEqualTo(step.ids()[0]);
        assertThat(step.weights()[j]).isZero();
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    if (!CatalogMethods.repeats(m)) {
      assertThat(ids).hasSize(step.slots());
    }
    for (int i = 0; i < step.terms(); i++) {
      assertThat(step.logProbs()[i]).isFinite();
    }
    if (!CatalogMethods.trains(m) && step.slots() > 1) {
      assertThat(step.terms()).isZero();
    }
  }

  /** Invariant 1, the discrete phase. */
  @Property(tries = 500, seed = "17")
  void theDiscretePhaseFeedsOneToken(
      @ForAll("methods") MixtureMethod plain,
      @ForAll("filters") CandidateFilter filter,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = DrawKey.MAX_POSITION) int position) {
    MixtureMethod m = filtered(plain, filter);
    ToyRow row = new ToyRow(logits);
    DrawKey key = new DrawKey(3, 1, 2, position);
    MixtureStep step = m.sample(row.seenBy(m).candidates(m.request(), key), Phase.DISCRETE, key);
    assertThat(step.slots()).isEqualTo(1);
    assertThat(step.collapsed()).isFalse();
    assertThat(step.weights()[0]).isEqualTo(1);
    assertThat(Arrays.stream(step.ids()).distinct().toArray()).hasSize(1);
    assertThat(row.kept(m)).contains(step.representativeId());
    if (step.terms() > 0) {
      MixtureMethod discrete = filtered(method("discrete", 1), CandidateFilter.of(m.spec()));
      MixtureStep token = row.step(discrete, key);
      assertThat(step.representativeId()).isEqualTo(token.representativeId());
      assertThat(step.terms()).isEqualTo(1);
      assertThat(step.logProbs()[0]).isEqualTo(token.logProbs()[0]);
    }
  }

  private static MixtureMethod filtered(MixtureMethod m, CandidateFilter filter) {
    java.util.TreeMap<String, String> p = new java.util.TreeMap<>(m.spec().parameters());
    p.put("top-k", Integer.toString(filter.topK()));
    p.put("top-p", Double.toString(filter.topP()));
    p.put("min-p", Double.toString(filter.minP()));
    MethodSpec s = m.spec();
    return MethodCatalog.create(new MethodSpec(s.method(), s.k(), s.temperature(), p));
  }

  @Test
  @DisplayName(
      "Invariant 2: ordered pairs, inclusion and first draws of 1e5 draws without replacement")
  void drawsWithoutReplacementHaveTheirProbabilities() {
    ToyPolicy old = ToyPolicy.old();
    Set<CandidateRequest> seen = new HashSet<>();
    for (MixtureMethod m : ALL) {
      CandidateRequest request = m.request();
      boolean pairsAlone =
          request.draws() == 2 && !request.replacement() && request.collapse() == 0;
      if (!pairsAlone || m.spec().k() != 2 || !seen.add(request)) {
        continue;
      }
      int[][] pairs = new int[5][5];
      for (int position = 0; position < DRAWS; position++) {
        MixtureStep step = ToyRow.old().step(m, new DrawKey(29, 4, 1, position));
        pairs[step.ids()[0]][step.ids()[1]]++;
      }
      double chiSquare = 0;
      double[] included = new double[5];
      double[] first = new double[5];
      for (int a = 0; a < 5; a++) {
        for (int b = 0; b < 5; b++) {
          if (a == b) {
            assertThat(pairs[a][b]).isZero();
            continue;
          }
          double expected = DRAWS * old.p[a] * old.p[b] / (1 - old.p[a]);
          chiSquare += (pairs[a][b] - expected) * (pairs[a][b] - expected) / expected;
          first[a] += pairs[a][b];
          included[a] += pairs[a][b];
          included[b] += pairs[a][b];
        }
      }
      // 19 degrees of freedom: above 43.8 once in a thousand.
      assertThat(chiSquare).as(m.spec().toString()).isLessThan(43.8);
      double[] inclusion = {.8536690549, .5268069783, .3342926017, .2074215842, .0778098100};
      for (int v = 0; v < 5; v++) {
        assertShare(included[v] / DRAWS, inclusion[v]);
        assertShare(first[v] / DRAWS, old.p[v]);
      }
    }
  }

  private static void assertShare(double share, double expected) {
    assertThat(share).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / DRAWS)));
  }

  /** Invariant 2, the coupling: a larger k extends the draws of a smaller one. */
  @Property(tries = 300, seed = "17")
  void moreSlotsExtendTheDrawsOfFewer(
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = DrawKey.MAX_POSITION) int position) {
    DrawKey key = new DrawKey(5, 1, 2, position);
    ToyPolicy policy = new ToyPolicy(logits);
    Set<List<Object>> seen = new HashSet<>();
    for (MixtureMethod small : ALL) {
      MethodSpec s = small.spec();
      MethodDefinition definition = MethodCatalog.definition(s.method());
      boolean coupled = small.request().draws() > 1 && small.request().collapse() == 0;
      if (!coupled
          || s.k() + 1 > definition.largestK()
          || !seen.add(List.of(s.method(), s.k(), small.request()))) {
        continue;
      }
      MixtureMethod large =
          MethodCatalog.create(new MethodSpec(s.method(), s.k() + 1, 1, s.parameters()));
      int[] few = policy.candidates(small.request(), key).drawIds();
      int[] more = policy.candidates(large.request(), key).drawIds();
      assertThat(Arrays.copyOf(more, few.length)).as(s.toString()).isEqualTo(few);
      // Where the step shows the draws themselves, it shows them in this order.
      MixtureStep step = small.sample(policy.candidates(small.request(), key), Phase.MIXTURE, key);
      if (small.request().top() == 0 && step.slots() == few.length) {
        assertThat(step.ids()).startsWith(few);
      }
    }
  }

  @Test
  @DisplayName(
      "Invariant 3: Dirichlet weights have mean p, variance p(1-p)/(c+1), and representatives p")
  void dirichletWeightsHaveTheirMoments() {
    int n = 40_000;
    ToyPolicy old = ToyPolicy.old();
    for (double c : new double[] {0.5, 1, 4, 25}) {
      MixtureMethod m = method("dirichlet", 3, "concentration", Double.toString(c));
      double total = old.p[0] + old.p[1] + old.p[2];
      double[] mean = new double[3];
      double[] square = new double[3];
      double[] recorded = new double[3];
      for (int position = 0; position < n; position++) {
        MixtureStep step = ToyRow.old().step(m, new DrawKey(31, 4, 1, position));
        for (int j = 0; j < 3; j++) {
          assertThat(step.ids()[j]).isEqualTo(j);
          mean[j] += step.weights()[j] / n;
          square[j] += (double) step.weights()[j] * step.weights()[j] / n;
        }
        recorded[step.representative()] += 1.0 / n;
      }
      for (int j = 0; j < 3; j++) {
        double p = old.p[j] / total;
        double variance = p * (1 - p) / (c + 1);
        assertThat(mean[j]).isCloseTo(p, within(4 * Math.sqrt(variance / n)));
        assertThat(square[j] - mean[j] * mean[j]).isCloseTo(variance, within(0.06 * variance));
        assertThat(recorded[j]).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / n)));
      }
    }
  }

  @Test
  @DisplayName("Invariant 3: the heaviest of Gumbel-softmax weights is a draw from p, whatever tau")
  void theHeaviestOfGumbelWeightsIsAnExactDraw() {
    int n = 40_000;
    ToyPolicy old = ToyPolicy.old();
    double total = old.p[0] + old.p[1] + old.p[2];
    for (MethodDefinition d : MethodCatalog.definitions()) {
      if (!GUMBEL_MAXIMUM.contains(d.name())) {
        continue;
      }
      for (String tau : List.of("0.05", "0.5", "2")) {
        MixtureMethod m = filtered(method(d.name(), 3, "tau", tau), CandidateFilter.NONE);
        double[] recorded = new double[3];
        for (int position = 0; position < n; position++) {
          MixtureStep step = ToyRow.old().step(m, new DrawKey(67, 4, 1, position));
          float[] weights = step.weights();
          assertThat(weights[step.representative()])
              .isEqualTo(Math.max(weights[0], Math.max(weights[1], weights[2])));
          recorded[step.representativeId()] += 1.0 / n;
        }
        for (int v = 0; v < 3; v++) {
          double p = old.p[v] / total;
          assertThat(recorded[v])
              .as(m.spec().toString())
              .isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / n)));
        }
      }
    }
  }

  @Test
  @DisplayName("Invariant 3: each of several independent draws has marginal p")
  void independentDrawsHaveTheMarginalsOfThePolicy() {
    int n = 20_000;
    ToyPolicy old = ToyPolicy.old();
    for (MixtureMethod m :
        CatalogMethods.all(x -> CatalogMethods.repeats(x) && x.request().top() == 0)) {
      int k = m.spec().k();
      double[] share = new double[5];
      for (int position = 0; position < n; position++) {
        MixtureStep step = ToyRow.old().step(m, new DrawKey(37, 4, 1, position));
        if (step.slots() < k) {
          break;
        }
        for (int id : step.ids()) {
          share[id] += 1.0 / (n * k);
        }
      }
      for (int v = 0; v < 5; v++) {
        double p = old.p[v];
        assertThat(share[v])
            .as(m.spec().toString())
            .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / (n * k))));
      }
    }
  }

  /**
   * Invariant 4. The order of chains and what was sampled before do not matter; the composition of
   * the batch is {@link ModelInvariantsTest}'s.
   */
  @Property(tries = 300, seed = "17")
  void theSameKeyGivesTheSameStepWhateverCameBefore(
      @ForAll("methods") MixtureMethod m,
      @ForAll("logits") double[] logits,
      @ForAll @IntRange(min = 0, max = 1_000_000) int position) {
    ToyRow row = new ToyRow(logits);
    List<DrawKey> keys =
        List.of(
            new DrawKey(3, 1, 2, position),
            new DrawKey(3, 1, 3, position),
            new DrawKey(3, 2, 2, position),
            new DrawKey(3, 1, 2, position + 1));
    List<MixtureStep> forward = keys.stream().map(key -> row.step(m, key)).toList();
    MixtureMethod again = MethodCatalog.create(m.spec());
    for (int i = keys.size() - 1; i >= 0; i--) {
      assertThat(row.step(again, keys.get(i))).usingRecursiveComparison().isEqualTo(forward.get(i));
    }
  }
}
