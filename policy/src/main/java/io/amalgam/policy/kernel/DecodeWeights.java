package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The weights that decoding reads: one flat buffer, or matrices packed for oneDNN, which makes
 * products with few rows faster and lets the epilogues be fused, but costs small models time.
 */
final class DecodeWeights implements AutoCloseable {
  /** Rows for which weights are packed; other row counts cost about two per cent. */
  private static final int PACKED_ROWS = 32;

  private static final int QKV = 1;
  private static final int OUTPUT = 5;
  private static final int GATE_UP = 7;
  private static final int DOWN = 8;
  private static final int UP = 9;

  private final KernelModule module;
  private final int threads;
  private final int dtype;
  private final WeightSlots slots;
  private final Optional<FlatWeights> plain;
  private CallScope packed;
  private IValue list;

  DecodeWeights(KernelModule module, int threads, WeightSlots slots, int dtype, boolean pack) {
    this.module = module;
    this.threads = threads;
    this.dtype = dtype;
    this.slots = slots;
    plain = pack ? Optional.empty() : Optional.of(new FlatWeights(module, threads, slots, dtype));
    packed = new CallScope(module);
    list = plain.map(FlatWeights::list).orElseGet(() -> packed.list());
  }

  /** The list that the kernels take; valid until the next {@link #store}. */
  IValue list() {
    return list;
  }

  /** Replaces all weights. */
  void store(ModelWeights weights) {
    if (plain.isPresent()) {
      plain.get().store(weights);
      return;
    }
    // packed weights cannot be overwritten; release them first, two copies may not fit
    packed.close();
    packed = new CallScope(module);
    List<PtNDArray> out = new ArrayList<>();
    for (int i = 0; i < slots.slots().size(); i++) {
      WeightSlots.Slot slot = slots.slots().get(i);
      int kind = i < 3 ? -1 : (i - 3) % WeightSlots.PER_LAYER;
      boolean matrix = i == WeightSlots.HEAD || kind == QKV || kind == OUTPUT || kind == DOWN;
      if (kind == GATE_UP) {
        out.add(pack(weights, slot.parts().subList(0, 1), slot.shape()));
      } else if (kind == UP) {
        WeightSlots.Slot both = slots.slots().get(i - UP + GATE_UP);
        out.add(pack(weights, both.parts().subList(1, 2), both.shape()));
      } else if (matrix) {
        out.add(pack(weights, slot.parts(), slot.shape()));
      } else {
        out.add(packed.keep(dense(weights, slot.parts(), slot.shape())));
      }
    }
    list = packed.list(out.toArray(new PtNDArray[0]));
  }

  private PtNDArray pack(ModelWeights weights, List<WeightSlots.Part> parts, long[] shape) {
    try (PtNDArray dense = dense(weights, parts, shape);
        IValue value = IValue.from(dense);
        IValue rows = IValue.from(PACKED_ROWS)) {
      return packed.keep(module.tensor(threads, "pack", value, rows));
    }
  }

  private PtNDArray dense(ModelWeights weights, List<WeightSlots.Part> parts, long[] slotShape) {
    long[] shape = slotShape.clone();
    shape[0] = parts.stream().mapToLong(WeightSlots.Part::rows).sum();
    long first = parts.isEmpty() ? 0 : parts.get(0).row();
    try (CallScope scope = new CallScope(module)) {
      IValue like = scope.of(scope.tensor(new float[] {0}, 1));
      PtNDArray out =
          module.tensor(threads, "zeros", like, scope.integers(shape), scope.integer(dtype));
      IValue one = scope.list(out);
      for (WeightSlots.Part p : parts) {
        FlatWeights.storePart(
            module,
            threads,
            one,
            0,
            new WeightSlots.Part(p.name(), p.row() - first, p.rows()),
            weights.get(p.name()));
      }
      return out;
    }
  }

  @Override
  public void close() {
    packed.close();
    plain.ifPresent(FlatWeights::close);
  }
}
