package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.mixture.TokenFilters;
import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decode step's draws with keyed uniforms, and its filters, against independent oracles. */
class KeyedDrawsTest {
  private static final int DRAWS = 100_000;
  private static final float[] LOGITS = {2, 1, .5f, 0, -1};

  @Test
  @DisplayName("Invariant 2: ordered pairs drawn by the decode step, 1e5 draws")
  void pairsOfTheDecodeStepHaveTheirProbabilities() {
    double[] p = new TokenFilters(1, 1, 0, 1, 0, 1).keep(widen(LOGITS)).probabilities();
    int chunk = 20_000;
    int[][] pairs = new int[5][5];
    for (int from = 0; from < DRAWS; from += chunk) {
      float[] rows = new float[chunk * 5];
      double[] uniforms = new double[chunk * 2];
      for (int b = 0; b < chunk; b++) {
        System.arraycopy(LOGITS, 0, rows, 5 * b, 5);
        DrawKey key = new DrawKey(71, 3, 2, from + b);
        uniforms[2 * b] = key.uniform(0);
        uniforms[2 * b + 1] = key.uniform(1);
      }
      StepResult result =
          CandidateKernelTest.candidates(
              rows, chunk, new CandidateRequest(2, false, 0, 0), 1, uniforms);
      for (int b = 0; b < chunk; b++) {
        int[] ids = result.row(b).drawIds();
        pairs[ids[0]][ids[1]]++;
      }
    }
    double[] inclusion = {.8536690549, .5268069783, .3342926017, .2074215842, .0778098100};
    double[] included = new double[5];
    double[] first = new double[5];
    double chiSquare = 0;
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        first[a] += pairs[a][b];
        included[a] += pairs[a][b];
        included[b] += pairs[a][b];
        double expected = a == b ? 0 : DRAWS * p[a] * p[b] / (1 - p[a]);
        double off = pairs[a][b] - expected;
        chiSquare += a == b ? 0 : off * off / expected;
      }
      assertThat(pairs[a][a]).isZero();
    }
    // 19 degrees of freedom: above 43.8 once in a thousand.
    assertThat(chiSquare).isLessThan(43.8);
    for (int v = 0; v < 5; v++) {
      assertShare(included[v] / DRAWS, inclusion[v]);
      assertShare(first[v] / DRAWS, p[v]);
    }
  }

  private static void assertShare(double share, double expected) {
    assertThat(share).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / DRAWS)));
  }

  /** A method may want a list of a fixed size whatever the model. */
  @Test
  void aListLongerThanTheVocabularyEndsWithImpossibleIds() {
    for (int top : new int[] {5, 6, 40}) {
      Candidates c =
          CandidateKernelTest.candidates(
                  LOGITS, 1, new CandidateRequest(1, true, top, 0), 1, new double[] {.5})
              .row(0);
      assertThat(c.topIds()).hasSize(top).startsWith(0, 1, 2, 3, 4);
      for (int j = 0; j < top; j++) {
        assertThat(Float.isInfinite(c.topLogProbs()[j])).isEqualTo(j >= 5);
        assertThat(c.topIds()[j]).isBetween(0, 4);
      }
    }
  }

  /** Rows without ties; where the running sum comes within rounding of the cut, nothing is said. */
  @ParameterizedTest
  @ValueSource(ints = {12, 50, 512, 5003})
  void theDecodeStepKeepsWhatTheFiltersOfTransformersKeep(int vocab) {
    Random random = new Random(vocab);
    int compared = 0;
    for (int i = 0; i < 60; i++) {
      double spread = 0.5 + 3 * random.nextDouble();
      float[] row = new float[vocab];
      for (int v = 0; v < vocab; v++) {
        row[v] = (float) (spread * random.nextGaussian());
      }
      CandidateFilter filter =
          new CandidateFilter(
              random.nextBoolean() ? 1 + random.nextInt(2 * vocab) : 0,
              random.nextBoolean() ? 0.05 + 0.94 * random.nextDouble() : 1,
              random.nextBoolean() ? 0.3 * random.nextDouble() : 0);
      float temperature = 0.5f + random.nextFloat();
      TokenFilters.Kept kept = TokenFilters.of(filter, temperature).keep(widen(row));
      if (!clear(row, filter, temperature, kept.ids().length)) {
        continue;
      }
      compared++;
      CandidateRequest request =
          new CandidateRequest(2, false, Math.min(vocab, kept.ids().length + 3), 0)
              .filtered(filter);
      Candidates c =
          CandidateKernelTest.candidates(
                  row, 1, request, temperature, new double[] {random.nextDouble(), .99})
              .row(0);
      int[] ids =
          IntStream.range(0, c.topIds().length)
              .filter(j -> c.topLogProbs()[j] > Float.NEGATIVE_INFINITY)
              .map(j -> c.topIds()[j])
              .sorted()
              .toArray();
      assertThat(ids).as("%s at %s", filter, temperature).containsExactly(kept.ids());
      for (int j = 0; j < c.topIds().length; j++) {
        int at = Arrays.binarySearch(kept.ids(), c.topIds()[j]);
        double expected = at < 0 ? 0 : kept.probabilities()[at];
        assertThat(Math.exp(c.topLogProbs()[j])).isCloseTo(expected, within(3e-6));
      }
      assertThat(kept.ids()).contains(c.drawIds()[0]);
      if (kept.ids().length > 1) {
        assertThat(kept.ids()).contains(c.drawIds()[1]);
      }
    }
    assertThat(compared).isGreaterThan(40);
    System.out.println("filters of the decode step, vocabulary " + vocab + ": " + compared);
  }

  /** Whether slightly other settings of each filter keep as many. */
  private static boolean clear(float[] row, CandidateFilter f, double temperature, int kept) {
    for (double by : new double[] {1 - 1e-5, 1 + 1e-5}) {
      double topP = f.topP() < 1 ? f.topP() * by : 1;
      TokenFilters moved = new TokenFilters(1, temperature, f.topK(), topP, f.minP() * by, 1);
      if (moved.keep(widen(row)).ids().length != kept) {
        return false;
      }
    }
    return true;
  }

  private static double[] widen(float[] row) {
    return IntStream.range(0, row.length).mapToDouble(v -> row[v]).toArray();
  }
}
