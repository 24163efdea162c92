package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact divergence and its gradient, against the definition in double precision. */
class DivergenceKernelTest {
  private static final int ROWS = 6;
  private static final int VOCAB = 40;
  private static final int SLOTS = 2;
  private static final double TEMPERATURE = 0.7;
  private static final KernelModule MODULE = KernelModule.on("cpu");

  private final float[] logits = new float[ROWS * VOCAB];
  private final float[] reference = new float[ROWS * VOCAB];
  private final long[] targets = new long[ROWS * SLOTS];
  private final float[] supports = new float[ROWS];

  DivergenceKernelTest() {
    Random random = new Random(17);
    for (int r = 0; r < ROWS; r++) {
      for (int v = 0; v < VOCAB; v++) {
        logits[r * VOCAB + v] = (float) random.nextGaussian() * (1 + r);
        reference[r * VOCAB + v] = logits[r * VOCAB + v] + (float) random.nextGaussian();
      }
      for (int j = 0; j < SLOTS; j++) {
        targets[r * SLOTS + j] = (7 * r + 11 * j) % VOCAB;
      }
      supports[r] = r % 2 == 0 ? 0 : 0.0072f;
    }
    // the reference is certain of what the policy all but excludes, a truncated token
    reference[3 * VOCAB + 30] = 25;
    logits[3 * VOCAB + 30] = -9;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theDivergenceEqualsItsDefinition(boolean truncated) {
    float[] got = divergence(logits, reference, ROWS, VOCAB, TEMPERATURE, truncated);
    for (int r = 0; r < ROWS; r++) {
      double want = want(r, -1, 0, truncated);
      assertThat((double) got[r]).as("row %d", r).isCloseTo(want, within(2e-5 * (1 + want)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsGradientEqualsDifferences(boolean truncated) {
    float[] scaled = new float[ROWS];
    for (int r = 0; r < ROWS; r++) {
      scaled[r] = (float) ((1 + 0.3f * r) / TEMPERATURE);
    }
    try (CallScope scope = new CallScope(MODULE)) {
      float[] got =
          scope
              .keep(
                  MODULE.tensor(
                      1,
                      "divergence_gradient",
                      scope.of(scope.tensor(logits, ROWS, VOCAB)),
                      scope.of(scope.tensor(reference, ROWS, VOCAB)),
                      scope.of(scope.tensor(targets, ROWS, SLOTS)),
                      scope.of(scope.tensor(limits(), ROWS, 2)),
                      scope.of(scope.tensor(scaled, ROWS, 1)),
                      scope.real(TEMPERATURE),
                      scope.flag(truncated)))
              .toFloatArray();
      for (int r = 0; r < ROWS; r++) {
        for (int v = 0; v < VOCAB; v++) {
          double h = 1e-5;
          double slope = (want(r, v, h, truncated) - want(r, v, -h, truncated)) / (2 * h);
          double want = (1 + 0.3f * r) * slope;
          assertThat((double) got[r * VOCAB + v])
              .as("row %d token %d", r, v)
              .isCloseTo(want, within(3e-5 * (1 + Math.abs(want))));
        }
      }
    }
  }

  @Test
  void knownVectorsHold() {
    float[] z = {2, 1, .5f, 0, -1};
    float[] moved = {2.3f, .8f, .6f, 0, -.6f};
    assertThat((double) divergence(moved, z, 1, 5, 1, false)[0])
        .isCloseTo(0.018437198100139, within(2e-7));
    assertThat((double) divergence(z, moved, 1, 5, 1, false)[0])
        .isCloseTo(0.019693282910667, within(2e-7));
    assertThat(divergence(z, z, 1, 5, 1, false)[0]).isZero();
  }

  @Test
  void aTokenThatOneModelExcludesKeepsItFinite() {
    float[] sure = {0, 0, 4000};
    float[] other = {4000, 0, 0};
    assertThat(divergence(sure, other, 1, 3, 1, false)[0]).isEqualTo(80);
  }

  private float[] divergence(
      float[] policy, float[] other, int rows, int vocabulary, double temperature, boolean cut) {
    try (CallScope scope = new CallScope(MODULE)) {
      boolean own = rows == ROWS;
      IValue list =
          scope.keep(
              MODULE.call(
                  1,
                  "divergence",
                  scope.of(scope.tensor(policy, rows, vocabulary)),
                  scope.of(scope.tensor(other, rows, vocabulary)),
                  scope.of(scope.tensor(own ? targets : new long[1], rows, own ? SLOTS : 1)),
                  scope.of(scope.tensor(own ? limits() : new float[2], rows, 2)),
                  scope.real(temperature),
                  scope.flag(cut)));
      PtNDArray[] parts = list.toTensorArray(MODULE.manager());
      for (PtNDArray part : parts) {
        scope.keep(part);
      }
      return parts[2].toFloatArray();
    }
  }

  private float[] limits() {
    float[] out = new float[2 * ROWS];
    for (int r = 0; r < ROWS; r++) {
      out[2 * r + 1] = supports[r];
    }
    return out;
  }

  /** Σ p (log p − log q) with logit {@code moved} of the policy moved by {@code by}. */
  private double want(int row, int moved, double by, boolean truncated) {
    double[] z = new double[VOCAB];
    double[] q = new double[VOCAB];
    for (int v = 0; v < VOCAB; v++) {
      z[v] = (logits[row * VOCAB + v] + (v == moved ? by : 0)) / TEMPERATURE;
      q[v] = reference[row * VOCAB + v] / TEMPERATURE;
    }
    double[] whole = logSoftmax(z, v -> true);
    IntPredicate kept =
        v ->
            !truncated
                || Math.exp(whole[v]) >= supports[row]
                || IntStream.range(0, SLOTS).anyMatch(j -> targets[row * SLOTS + j] == v);
    double[] lp = logSoftmax(z, kept);
    double[] lq = logSoftmax(q, kept);
    return IntStream.range(0, VOCAB)
        .filter(kept)
        .mapToDouble(v -> Math.exp(lp[v]) * (lp[v] - lq[v]))
        .sum();
  }

  private static double[] logSoftmax(double[] z, IntPredicate kept) {
    double max =
        IntStream.range(0, z.length).filter(kept).mapToDouble(v -> z[v]).max().orElseThrow();
    double sum =
        IntStream.range(0, z.length).filter(kept).mapToDouble(v -> Math.exp(z[v] - max)).sum();
    return Arrays.stream(z).map(x -> x - max - Math.log(sum)).toArray();
  }
}
