package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Whether bf16 products with packed matrices have the bits of plain ones on this processor. */
final class PackedProducts {
  private static final int OUTPUTS = 96;
  private static final int[] ROWS = {1, 3, DecodeWeights.PACKED_ROWS, 100};
  private static final Map<Integer, Boolean> KNOWN = new ConcurrentHashMap<>();

  private PackedProducts() {}

  /** Tries products of as many terms as those of the model have, in a few milliseconds. */
  static boolean equalPlain(KernelModule module, ModelConfig config) {
    int all = config.intermediateSize();
    int chosen = KernelForm.UNFUSED.pieceTerms(module, config, KernelModule.BF16);
    int piece = chosen == 0 ? all : chosen;
    TreeSet<Integer> terms = new TreeSet<>();
    terms.add(config.hiddenSize());
    terms.add(config.heads() * config.headDim());
    terms.add(piece);
    terms.add((all - 1) % piece + 1);
    return terms.stream().allMatch(n -> KNOWN.computeIfAbsent(n, k -> equal(module, k)));
  }

  private static boolean equal(KernelModule module, int terms) {
    int most = Arrays.stream(ROWS).max().orElseThrow();
    try (CallScope scope = new CallScope(module)) {
      IValue w = scope.of(mixed(module, scope, 1, OUTPUTS, terms));
      IValue packed =
          scope.of(
              scope.keep(module.tensor(1, "pack", w, scope.integer(DecodeWeights.PACKED_ROWS))));
      IValue x = scope.of(mixed(module, scope, 2, most, terms));
      IValue y = scope.of(mixed(module, scope, 3, most, OUTPUTS));
      boolean equal = true;
      for (int rows : ROWS) {
        PtNDArray differ =
            scope.keep(module.tensor(1, "unequal", x, y, w, packed, scope.integer(rows)));
        equal &= differ.toLongArray()[0] == 0;
      }
      return equal;
    }
  }

  private static PtNDArray mixed(
      KernelModule module, CallScope scope, int seed, int rows, int columns) {
    IValue like = scope.of(scope.tensor(new float[] {0}, 1));
    return scope.keep(
        module.tensor(
            1, "mixed", like, scope.integer(rows), scope.integer(columns), scope.integer(seed)));
  }
}
