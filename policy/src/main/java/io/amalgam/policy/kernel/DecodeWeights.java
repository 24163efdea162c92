package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The weights that decoding reads: one flat buffer, or matrices packed for oneDNN, which makes
 * products with few rows faster and lets activations be fused with them, but costs small models
 * time; or matrices rounded to int8.
 */
final class DecodeWeights implements AutoCloseable {
  /** Rows for which weights are packed; other row counts cost about two per cent. */
  static final int PACKED_ROWS = 32;

  /** Bytes of a host tensor up to which it is converted whole, with a copy beside it. */
  private static final int AT_ONCE = 64 << 20;

  private static final int QKV = 1;
  private static final int OUTPUT = 5;
  private static final int GATE_UP = 7;
  private static final int DOWN = 8;
  private static final int UP = 9;

  private final KernelModule module;
  private final int threads;
  private final int dtype;
  private final WeightSlots slots;
  private final Packing packing;
  private final int pieceTerms;
  private final Optional<FlatWeights> plain;
  private CallScope packed;
  private IValue list;

  DecodeWeights(
      KernelModule module,
      int threads,
      WeightSlots slots,
      int dtype,
      KernelForm form,
      ModelConfig config) {
    this.module = module;
    this.threads = threads;
    this.dtype = dtype;
    this.slots = slots;
    packing = form.packing();
    pieceTerms = form.pieceTerms(module, config, dtype);
    plain =
        packing == Packing.PLAIN
            ? Optional.of(new FlatWeights(module, threads, slots, dtype))
            : Optional.empty();
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
    // scales of int8 rows, or the further pieces of a matrix
    List<PtNDArray> behind = new ArrayList<>();
    for (int i = 0; i < slots.slots().size(); i++) {
      WeightSlots.Slot slot = slots.slots().get(i);
      int kind = i < 3 ? -1 : (i - 3) % WeightSlots.PER_LAYER;
      boolean matrix =
          i == WeightSlots.HEAD || kind == QKV || kind == OUTPUT || kind == GATE_UP || kind == DOWN;
      if (kind == GATE_UP && packing.splitsGate()) {
        pack(weights, slot.parts().subList(0, 1), slot.shape(), 0, true, out, behind);
      } else if (kind == UP && packing.splitsGate()) {
        WeightSlots.Slot both = slots.slots().get(i - UP + GATE_UP);
        pack(weights, both.parts().subList(1, 2), both.shape(), 0, true, out, behind);
      } else if (matrix) {
        // beside bf16 only the largest matrices gain more than rounding their inputs takes
        boolean large = i == WeightSlots.HEAD || kind == GATE_UP;
        boolean quantised = large || dtype == KernelModule.F32;
        long size = kind == DOWN ? pieceTerms : 0;
        pack(weights, slot.parts(), slot.shape(), size, quantised, out, behind);
      } else {
        out.add(packed.keep(dense(weights, slot.parts(), slot.shape())));
        if (packing == Packing.INT8) {
          behind.add(packed.keep(none()));
        }
      }
    }
    out.addAll(behind);
    list = packed.list(out.toArray(new PtNDArray[0]));
  }

  /** An empty tensor: nothing stands behind the entry. */
  private PtNDArray none() {
    try (CallScope scope = new CallScope(module)) {
      IValue like = scope.of(scope.tensor(new float[] {0}, 1));
      return module.tensor(
          threads, "zeros", like, scope.integers(0), scope.integer(KernelModule.F32));
    }
  }

  private void pack(
      ModelWeights weights,
      List<WeightSlots.Part> parts,
      long[] shape,
      long size,
      boolean quantised,
      List<PtNDArray> out,
      List<PtNDArray> behind) {
    try (CallScope scope = new CallScope(module)) {
      IValue dense = scope.of(scope.keep(dense(weights, parts, shape)));
      if (packing == Packing.INT8 && quantised) {
        IValue both = scope.keep(module.call(threads, "quantise", dense));
        PtNDArray[] values = both.toTensorArray(module.manager());
        out.add(packed.keep(values[0]));
        behind.add(packed.keep(values[1]));
        return;
      }
      IValue rows = scope.integer(PACKED_ROWS);
      if (size == 0) {
        out.add(packed.keep(module.tensor(threads, "pack", dense, rows)));
        if (packing == Packing.INT8) {
          behind.add(packed.keep(none()));
        }
        return;
      }
      for (long from = 0; from < shape[1]; from += size) {
        IValue terms = scope.integer(Math.min(size, shape[1] - from));
        IValue start = scope.integer(from);
        PtNDArray piece = module.tensor(threads, "pack_piece", dense, start, terms, rows);
        (from == 0 ? out : behind).add(packed.keep(piece));
      }
    }
  }

  /** One tensor of the host, converted. */
  private PtNDArray typed(HostTensor t, long[] shape) {
    try (CallScope scope = new CallScope(module)) {
      return module.tensor(
          threads,
          "typed",
          scope.of(scope.bytes(t.bytes())),
          scope.integers(shape),
          scope.integer(FlatWeights.code(t.dtype())),
          scope.integer(dtype));
    }
  }

  private PtNDArray dense(ModelWeights weights, List<WeightSlots.Part> parts, long[] slotShape) {
    long[] shape = slotShape.clone();
    shape[0] = parts.stream().mapToLong(WeightSlots.Part::rows).sum();
    if (parts.size() == 1
        && weights.get(parts.get(0).name()).pieces().size() == 1
        && shape[0] > 0
        && weights.get(parts.get(0).name()).size() <= AT_ONCE) {
      return typed(weights.get(parts.get(0).name()), shape);
    }
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
