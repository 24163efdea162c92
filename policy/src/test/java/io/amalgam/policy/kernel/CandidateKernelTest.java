package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                      scope.integers(request.draws(), request.replacement() ? 1 : 0, request.top()),
                      scope.real(temperature),
                      scope.real(c / (1 - c))))
              .toFloatArray();
      return new StepResult(rows, request, table);
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
