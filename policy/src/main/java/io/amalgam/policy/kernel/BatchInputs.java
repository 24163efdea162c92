package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;

/** A packed batch on the device, as the kernels take it (see {@code training.py}). */
final class BatchInputs {
  private BatchInputs() {}

  /** [ids, weights and what is added, positions, scored, targets, limits]; lives as the scope. */
  static IValue of(CallScope scope, PackedBatch b) {
    int n = b.tokens();
    long[] positions = new long[n];
    int at = 0;
    for (int length : b.lengths()) {
      for (int t = 0; t < length; t++) {
        positions[at++] = t;
      }
    }
    return scope.list(
        scope.tensor(longs(b.ids()), n, b.k()),
        scope.tensor(b.feed(), n, b.feedWidth()),
        scope.tensor(positions, n),
        scope.tensor(longs(b.featurePositions()), b.scored()),
        scope.tensor(longs(b.targetIds()), b.scored(), b.slots()),
        scope.tensor(limits(b), b.scored(), 2));
  }

  private static float[] limits(PackedBatch b) {
    float[] out = new float[2 * b.scored()];
    for (int r = 0; r < b.scored(); r++) {
      out[2 * r] = b.thresholds()[r];
      out[2 * r + 1] = b.supports()[r];
    }
    return out;
  }

  private static long[] longs(int[] v) {
    return Arrays.stream(v).asLongStream().toArray();
  }
}
