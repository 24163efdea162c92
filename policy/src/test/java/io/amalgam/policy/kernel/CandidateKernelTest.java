package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws, most probable ids and masses of rows of logits. */
class CandidateKernelTest {
  private static final KernelModule MODULE = KernelModule.on("cpu");

  /** One level; two levels with equal blocks; two levels with padding. */
  @ParameterizedTest
  @ValueSource(ints = {50, 1024, 2048, 5003})
  void evenlySpacedUniformsGiveEveryIdItsShare(int vocab) {
    int n = 4000;
    float[] row = logits(vocab, 1);
    double[] uniforms = IntStream.range(0, n).mapToDouble(i -> (i + 0.5) / n).toArray();
    StepResult result =
        candidates(repeat(row, n), n, new CandidateRequest(1, true, 0, 0), 1, uniforms);
    int[] counts = new int[vocab];
    int last = 0;
    for (int b = 0; b < n; b++) {
      int id = result.row(b).drawIds()[0];
      assertThat(id).isBetween(last, vocab - 1);
      last = id;
      counts[id]++;
    }
    double[] p = softmax(row, 1);
    for (int v = 0; v < vocab; v++) {
      assertThat((double) counts[v]).isCloseTo(n * p[v], within(1.01));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 2048, 5003})
  void laterDrawsShareWhatEarlierDrawsLeft(int vocab) {
    int n = 3000;
    float[] row = logits(vocab, 2);
    double[] p = softmax(row, 0.9);
    double[] uniforms = new double[2 * n];
    for (int b = 0; b < n; b++) {
      uniforms[2 * b] = 0.37;
      uniforms[2 * b + 1] = (b + 0.5) / n;
    }
    StepResult result =
        candidates(repeat(row, n), n, new CandidateRequest(2, false, 4, 0.05), 0.9f, uniforms);
    int first = result.row(0).drawIds()[0];
    int[] counts = new int[vocab];
    for (int b = 0; b < n; b++) {
      counts[result.row(b).drawIds()[1]]++;
    }
    assertThat(counts[first]).isZero();
    for (int v = 0; v < vocab; v++) {
      if (v != first) {
        assertThat((double) counts[v]).isCloseTo(n * p[v] / (1 - p[first]), within(1.01));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 2048, 5003})
  void massesEqualTheirDefinition(int vocab) {
    int n = 20;
    float[] all = new float[n * vocab];
    for (int b = 0; b < n; b++) {
      System.arraycopy(logits(vocab, 100 + b), 0, all, b * vocab, vocab);
    }
    Random random = new Random(3);
    double[] uniforms = IntStream.range(0, 2 * n).mapToDouble(i -> random.nextDouble()).toArray();
    double collapse = 0.2;
    StepResult result =
        candidates(all, n, new CandidateRequest(2, false, 5, collapse), 0.8f, uniforms);
    for (int b = 0; b < n; b++) {
      Candidates c = result.row(b);
      double[] z = new double[vocab];
      for (int v = 0; v < vocab; v++) {
        z[v] = all[b * vocab + v];
      }
      int heavier = c.drawLogProbs()[0] >= c.drawLogProbs()[1] ? c.drawIds()[0] : c.drawIds()[1];
      double threshold =
          collapse / (1 - collapse) * Math.exp(Math.max(c.drawLogProbs()[0], c.drawLogProbs()[1]));
      ReferenceFeatures pair = ReferenceFeatures.of(z, 0.8f, c.drawIds(), 0);
      ReferenceFeatures event = ReferenceFeatures.of(z, 0.8f, new int[] {heavier}, threshold);
      for (int j = 0; j < 2; j++) {
        close(c.drawLogProbs()[j], pair.logProbs()[j]);
        close(c.drawLogRemaining()[j], pair.logRemaining()[j]);
      }
      close(c.logBelow(), event.logBelow());
      close(c.logOddsBelow(), event.logOddsBelow());
      close(c.entropy(), event.entropy());
      int[] order =
          IntStream.range(0, vocab)
              .boxed()
              .sorted((x, y) -> Double.compare(z[y], z[x]))
              .limit(5)
              .mapToInt(i -> i)
              .toArray();
      assertThat(c.topIds()).containsExactly(order);
      close(c.topLogProbs()[4], ReferenceFeatures.of(z, 0.8f, order, 0).logProbs()[4]);
    }
  }

  static Stream<Arguments> filters() {
    return Stream.of(
            new CandidateFilter(7, 1, 0),
            new CandidateFilter(0, 0.6, 0),
            new CandidateFilter(0, 0.999, 0),
            new CandidateFilter(0, 1, 0.03),
            new CandidateFilter(20, 0.8, 0.02),
            new CandidateFilter(1, 1, 0),
            new CandidateFilter(0, 1e-6, 0))
        .flatMap(f -> Stream.of(50, 5003, 40960).map(vocab -> Arguments.of(f, vocab)));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void truncatedRowsAreThoseOfTheKeptTokensAlone(CandidateFilter filter, int vocab) {
    float[] row = logits(vocab, 5);
    int n = 400;
    int top = Math.min(vocab, 12);
    double[] uniforms = IntStream.range(0, 2 * n).mapToDouble(i -> (i + .5) / (2 * n)).toArray();
    CandidateRequest request =
        new CandidateRequest(2, false, top, 0).filtered(filter).watching(vocab - 1);
    StepResult result = candidates(repeat(row, n), n, request, 0.8f, uniforms);
    double[] p = softmax(row, 0.8f);
    boolean[] kept = kept(p, filter);
    double mass = IntStream.range(0, vocab).filter(v -> kept[v]).mapToDouble(v -> p[v]).sum();
    double least =
        IntStream.range(0, vocab).filter(v -> kept[v]).mapToDouble(v -> p[v]).min().orElse(0);
    double most =
        IntStream.range(0, vocab).filter(v -> !kept[v]).mapToDouble(v -> p[v]).max().orElse(0);
    long left = IntStream.range(0, vocab).filter(v -> kept[v]).count();
    double entropy =
        -IntStream.range(0, vocab)
            .filter(v -> kept[v])
            .mapToDouble(v -> p[v] / mass * Math.log(p[v] / mass))
            .sum();
    double fullEntropy = -IntStream.range(0, vocab).mapToDouble(v -> p[v] * Math.log(p[v])).sum();
    for (int b = 0; b < n; b++) {
      Candidates c = result.row(b);
      assertThat(kept[c.drawIds()[0]]).isTrue();
      close(c.drawLogProbs()[0], Math.log(p[c.drawIds()[0]] / mass));
      if (left > 1) {
        assertThat(kept[c.drawIds()[1]]).isTrue();
        close(c.drawLogRemaining()[1], Math.log(1 - p[c.drawIds()[0]] / mass));
      } else {
        assertThat(c.drawLogRemaining()[1]).isEqualTo(Float.NEGATIVE_INFINITY);
      }
      assertThat((double) c.support()).isBetween(most, least);
      close(c.entropy(), entropy);
      close(c.fullEntropy(), fullEntropy);
      close(c.watchedLogProb(), Math.log(p[vocab - 1]));
      assertThat(c.mostProbable()).isEqualTo(c.topIds()[0]);
      for (int j = 0; j < top; j++) {
        int id = c.topIds()[j];
        close(c.topLogProbs()[j], kept[id] ? Math.log(p[id] / mass) : Double.NEGATIVE_INFINITY);
      }
    }
  }

  /** The filters of transformers, one after the other, by sorting. */
  private static boolean[] kept(double[] p, CandidateFilter filter) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted((a, b) -> Double.compare(p[b], p[a]))
            .mapToInt(i -> i)
            .toArray();
    int n = filter.topK() > 0 ? Math.min(filter.topK(), p.length) : p.length;
    double mass = Arrays.stream(order).limit(n).mapToDouble(v -> p[v]).sum();
    double before = 0;
    int m = 0;
    while (m < n && (m == 0 || before < filter.topP() * mass)) {
      before += p[order[m++]];
    }
    boolean[] kept = new boolean[p.length];
    for (int i = 0; i < m; i++) {
      kept[order[i]] = p[order[i]] >= filter.minP() * p[order[0]];
    }
    return kept;
  }

  @Test
  void extremeUniformsAndCertainRowsStayInRange() {
    int vocab = 3000;
    float[] row = new float[vocab];
    Arrays.fill(row, -40f);
    row[17] = 60;
    double[] uniforms = {Math.nextDown(1.0), Math.nextDown(1.0), 0.3, 0.5};
    StepResult result =
        candidates(repeat(row, 2), 2, new CandidateRequest(2, false, 1, 0.01), 1, uniforms);
    for (int b = 0; b < 2; b++) {
      Candidates c = result.row(b);
      assertThat(c.drawIds()[0]).isEqualTo(17);
      assertThat(c.drawIds()[1]).isNotEqualTo(17).isBetween(0, vocab - 1);
      assertThat(Float.isFinite(c.drawLogRemaining()[1])).isTrue();
    }
    assertThat(result.row(0).drawIds()[1]).isEqualTo(vocab - 1);
  }

  @Test
  void equalLogitsComeInTheOrderOfTheirIds() {
    StepResult result =
        candidates(new float[30], 1, new CandidateRequest(1, true, 30, 0), 1, new double[] {0.5});
    assertThat(result.row(0).topIds()).isSorted();
    assertThat(result.row(0).drawIds()[0]).isEqualTo(15);
  }

  private static void close(double got, double want) {
    if (Double.isInfinite(want)) {
      assertThat(got).isEqualTo(want);
    } else {
      assertThat(got).isCloseTo(want, within(2e-5));
    }
  }

  static StepResult candidates(
      float[] logits, int rows, CandidateRequest request, float temperature, double[] uniforms) {
    try (CallScope scope = new CallScope(MODULE)) {
      double c = request.collapse();
      float[] table =
          scope
              .keep(
                  MODULE.tensor(
                      1,
                      "candidates",
                      scope.of(scope.tensor(logits, rows, logits.length / rows)),
                      scope.of(scope.tensor(uniforms, rows, request.draws())),
                      scope.integers(
                          request.draws(),
                          request.replacement() ? 1 : 0,
                          request.top(),
                          request.watched()),
                      scope.real(temperature),
                      scope.real(c / (1 - c)),
                      scope.reals(
                          request.filter().topK(),
                          request.filter().topP(),
                          request.filter().minP())))
              .toFloatArray();
      return new StepResult(rows, request, table, StepNoise.NONE);
    }
  }

  private static float[] logits(int vocab, long seed) {
    Random random = new Random(seed);
    float[] out = new float[vocab];
    for (int v = 0; v < vocab; v++) {
      out[v] = 2 * (float) random.nextGaussian();
    }
    return out;
  }

  private static double[] softmax(float[] z, double temperature) {
    double[] p = new double[z.length];
    double sum = 0;
    for (int v = 0; v < z.length; v++) {
      p[v] = Math.exp(z[v] / temperature);
      sum += p[v];
    }
    for (int v = 0; v < z.length; v++) {
      p[v] /= sum;
    }
    return p;
  }

  private static float[] repeat(float[] row, int n) {
    float[] out = new float[n * row.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(row, 0, out, i * row.length, row.length);
    }
    return out;
  }
}
