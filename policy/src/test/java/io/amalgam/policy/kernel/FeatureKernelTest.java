package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The features of logits and their gradient, against definitions in double precision. */
class FeatureKernelTest {
  private static final int ROWS = 6;
  private static final int VOCAB = 40;
  private static final int SLOTS = 3;
  private static final int WIDTH = 2 * SLOTS + 3;
  private static final double TEMPERATURE = 0.7;
  private static final KernelModule MODULE = KernelModule.on("cpu");

  private final float[] logits = new float[ROWS * VOCAB];
  private final long[] targets = new long[ROWS * SLOTS];
  private final float[] thresholds = new float[ROWS];
  private final float[] supports = new float[ROWS];

  FeatureKernelTest() {
    Random random = new Random(7);
    for (int r = 0; r < ROWS; r++) {
      for (int v = 0; v < VOCAB; v++) {
        logits[r * VOCAB + v] = (float) random.nextGaussian() * (1 + r);
      }
      for (int j = 0; j < SLOTS; j++) {
        targets[r * SLOTS + j] = (7 * r + 11 * j) % VOCAB;
      }
      thresholds[r] = r == 0 ? 0 : 0.02f;
      supports[r] = r % 2 == 0 ? 0 : 0.0072f;
    }
    // one row draws with replacement, one is all but certain of its first target
    targets[3 * SLOTS + 2] = targets[3 * SLOTS];
    logits[5 * VOCAB + (int) targets[5 * SLOTS]] = 30;
  }

  @Test
  void featuresEqualTheirDefinition() {
    try (CallScope scope = new CallScope(MODULE)) {
      float[] got =
          scope
              .keep(
                  MODULE.tensor(
                      1,
                      "features",
                      scope.of(scope.tensor(logits, ROWS, VOCAB)),
                      scope.of(scope.tensor(targets, ROWS, SLOTS)),
                      scope.of(scope.tensor(limits(), ROWS, 2)),
                      scope.real(TEMPERATURE),
                      scope.flag(true),
                      scope.flag(true)))
              .toFloatArray();
      for (int r = 0; r < ROWS; r++) {
        double[] want = reference(r, -1, 0);
        for (int i = 0; i < WIDTH; i++) {
          if (Double.isInfinite(want[i])) {
            assertThat((double) got[r * WIDTH + i]).isEqualTo(want[i]);
          } else {
            assertThat((double) got[r * WIDTH + i])
                .as("row %d feature %d", r, i)
                .isCloseTo(want[i], within(2e-5));
          }
        }
      }
    }
  }

  @Test
  void gradientOfEachFeatureEqualsDifferences() {
    for (int feature = 0; feature < WIDTH; feature++) {
      if (feature != SLOTS) {
        float[] g = new float[ROWS * WIDTH];
        for (int r = 0; r < ROWS; r++) {
          g[r * WIDTH + feature] = 1 + 0.3f * r;
        }
        check(g);
      }
    }
  }

  @Test
  void gradientOfAllFeaturesTogether() {
    float[] g = new float[ROWS * WIDTH];
    Random random = new Random(8);
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < WIDTH; i++) {
        g[r * WIDTH + i] = i == SLOTS ? 0 : (float) random.nextGaussian();
      }
    }
    check(g);
  }

  private void check(float[] g) {
    float[] scaled = new float[g.length];
    boolean remaining = false;
    boolean below = false;
    boolean entropy = false;
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < WIDTH; i++) {
        scaled[r * WIDTH + i] = (float) (g[r * WIDTH + i] / TEMPERATURE);
      }
      for (int j = 1; j < SLOTS; j++) {
        remaining |= g[r * WIDTH + SLOTS + j] != 0;
      }
      below |= g[r * WIDTH + 2 * SLOTS] != 0 || g[r * WIDTH + 2 * SLOTS + 1] != 0;
      entropy |= g[r * WIDTH + 2 * SLOTS + 2] != 0;
    }
    try (CallScope scope = new CallScope(MODULE)) {
      PtNDArray d =
          scope.keep(
              MODULE.tensor(
                  1,
                  "feature_gradient",
                  scope.of(scope.tensor(logits, ROWS, VOCAB)),
                  scope.of(scope.tensor(targets, ROWS, SLOTS)),
                  scope.of(scope.tensor(limits(), ROWS, 2)),
                  scope.of(scope.tensor(scaled, ROWS, WIDTH)),
                  scope.real(TEMPERATURE),
                  scope.integers(remaining ? 1 : 0, below ? 1 : 0, entropy ? 1 : 0, 1)));
      float[] got = d.toFloatArray();
      for (int r = 0; r < ROWS; r++) {
        for (int v = 0; v < VOCAB; v++) {
          double h = 1e-5;
          double[] up = reference(r, v, h);
          double[] down = reference(r, v, -h);
          double want = 0;
          for (int i = 0; i < WIDTH; i++) {
            // a row whose set is empty has no gradient there
            if (g[r * WIDTH + i] != 0 && Double.isFinite(up[i])) {
              want += g[r * WIDTH + i] * (up[i] - down[i]) / (2 * h);
            }
          }
          assertThat((double) got[r * VOCAB + v])
              .as("row %d token %d", r, v)
              .isCloseTo(want, within(2e-5 * (1 + Math.abs(want))));
        }
      }
    }
  }

  private float[] limits() {
    float[] out = new float[2 * ROWS];
    for (int r = 0; r < ROWS; r++) {
      out[2 * r] = thresholds[r];
      out[2 * r + 1] = supports[r];
    }
    return out;
  }

  private double[] reference(int row, int moved, double by) {
    double[] z = new double[VOCAB];
    for (int v = 0; v < VOCAB; v++) {
      z[v] = logits[row * VOCAB + v] + (v == moved ? by : 0);
    }
    int[] ids = new int[SLOTS];
    for (int j = 0; j < SLOTS; j++) {
      ids[j] = (int) targets[row * SLOTS + j];
    }
    return ReferenceFeatures.of(z, TEMPERATURE, ids, thresholds[row], supports[row]).row();
  }
}
