package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One buffer on the device that holds all parameters of a model, and the list of its views that the
 * kernels take. One buffer makes a cast, a norm or an optimiser step a single operator.
 */
final class FlatWeights implements AutoCloseable {
  /** Every parameter starts at a multiple of this many elements, and so the buffer ends. */
  private static final long ALIGNMENT = 64;

  private static final long BLOCK = 4096;

  /** Bytes of a host tensor that are copied at one time. */
  private static final long COPIED = 16 << 20;

  /** Bytes of a tensor that are fetched into one buffer, which holds less than 2 GiB. */
  private static final long PIECE = 1 << 30;

  private final KernelModule module;
  private final int threads;
  private final WeightSlots slots;
  private final PtNDArray flat;
  private final IValue flatValue;
  private final IValue list;
  private final long elements;

  FlatWeights(KernelModule module, int threads, WeightSlots slots, int dtype) {
    this.module = module;
    this.threads = threads;
    this.slots = slots;
    int n = slots.slots().size();
    long[] offsets = new long[n];
    long[] shapes = new long[3 * n];
    int at = 0;
    long end = 0;
    for (int i = 0; i < n; i++) {
      WeightSlots.Slot s = slots.slots().get(i);
      boolean alias = i == WeightSlots.HEAD && slots.tied();
      offsets[i] = alias ? offsets[WeightSlots.EMBEDDING] : end;
      shapes[at++] = s.shape().length;
      for (long size : s.shape()) {
        shapes[at++] = size;
      }
      if (!alias) {
        end += (s.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      }
    }
    end = (end + BLOCK - 1) / BLOCK * BLOCK;
    elements = end;
    try (CallScope scope = new CallScope(module)) {
      IValue like = scope.of(scope.tensor(new float[] {0}, 1));
      flat = module.tensor(threads, "zeros", like, scope.integers(end), scope.integer(dtype));
      flatValue = IValue.from(flat);
      list =
          module.call(
              threads,
              "carve",
              flatValue,
              scope.integers(offsets),
              scope.integers(Arrays.copyOf(shapes, at)));
    }
  }

  /** The whole buffer. */
  PtNDArray buffer() {
    return flat;
  }

  /** Its size, a multiple of 4,096; what is between and behind the parameters stays zero. */
  long elements() {
    return elements;
  }

  /** The whole buffer as an argument. */
  IValue flat() {
    return flatValue;
  }

  /** The list of its views. */
  IValue list() {
    return list;
  }

  /** Overwrites every parameter; other tensors are ignored. */
  void store(ModelWeights weights) {
    for (int i = 0; i < slots.slots().size(); i++) {
      if (i == WeightSlots.HEAD && slots.tied()) {
        continue;
      }
      for (WeightSlots.Part part : slots.slots().get(i).parts()) {
        storePart(module, threads, list, i, part, weights.get(part.name()));
      }
    }
  }

  /**
   * Copies a host tensor into rows of entry {@code i} of a list, converting its format; block by
   * block, so that no second copy of it exists.
   */
  static void storePart(
      KernelModule module, int threads, IValue list, int i, WeightSlots.Part part, HostTensor t) {
    if (t.elements() == 0) {
      return;
    }
    long rowBytes = t.size() / part.rows();
    long first = part.row();
    for (int p = 0; p < t.pieces().size(); p++) {
      ByteBuffer piece = t.piece(p);
      long rows = piece.remaining() / rowBytes;
      storeRows(module, threads, list, i, t, piece, new WeightSlots.Part(part.name(), first, rows));
      first += rows;
    }
  }

  private static void storeRows(
      KernelModule module,
      int threads,
      IValue list,
      int i,
      HostTensor t,
      ByteBuffer all,
      WeightSlots.Part part) {
    long rowBytes = all.remaining() / part.rows();
    long step = Math.max(1, COPIED / rowBytes);
    for (long row = 0; row < part.rows(); row += step) {
      long rows = Math.min(step, part.rows() - row);
      all.limit(Math.toIntExact((row + rows) * rowBytes));
      all.position(Math.toIntExact(row * rowBytes));
      ByteBuffer block = all.slice();
      try (CallScope scope = new CallScope(module)) {
        module.run(
            threads,
            "store",
            list,
            scope.integer(i),
            scope.integer(part.row() + row),
            scope.integer(rows),
            scope.of(scope.bytes(block)),
            scope.integer(code(t.dtype())));
      }
      t.release(block);
    }
  }

  /** The kernels' code of a format. */
  static int code(DType dtype) {
    return switch (dtype) {
      case F32 -> KernelModule.F32;
      case BF16 -> KernelModule.BF16;
      case F16 -> 5;
      case I64 -> 4;
    };
  }

  /** Every parameter on the host, converted to {@code dtype} (nearest, ties to even). */
  ModelWeights fetch(DType dtype) {
    Map<String, HostTensor> out = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    int code = dtype == DType.F32 ? KernelModule.F32 : KernelModule.BF16;
    for (int i = 0; i < slots.slots().size(); i++) {
      WeightSlots.Slot slot = slots.slots().get(i);
      for (WeightSlots.Part part : slot.parts()) {
        if (!seen.add(part.name())) {
          continue;
        }
        long[] shape = slot.shape().clone();
        shape[0] = part.rows();
        long rowBytes = slot.elements() / slot.shape()[0] * dtype.bytes();
        long step = Math.max(1, PIECE / rowBytes);
        List<ByteBuffer> pieces = new ArrayList<>();
        for (long row = 0; row < part.rows(); row += step) {
          long rows = Math.min(step, part.rows() - row);
          pieces.add(fetchRows(i, part.row() + row, rows, code));
        }
        out.put(part.name(), new HostTensor(dtype, shape, pieces, false));
      }
    }
    return new ModelWeights(new TreeMap<>(out));
  }

  private ByteBuffer fetchRows(int i, long row, long rows, int code) {
    try (CallScope scope = new CallScope(module)) {
      PtNDArray raw =
          scope.keep(
              module.tensor(
                  threads,
                  "fetch",
                  list,
                  scope.integer(i),
                  scope.integer(row),
                  scope.integer(rows),
                  scope.integer(code)));
      ByteBuffer bytes = raw.toByteBuffer();
      ByteBuffer own = ByteBuffer.allocateDirect(bytes.remaining());
      own.order(ByteOrder.LITTLE_ENDIAN).put(bytes).flip();
      return own;
    }
  }

  @Override
  public void close() {
    list.close();
    flatValue.close();
    flat.close();
  }
}
