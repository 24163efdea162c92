package io.amalgam.policy.kernel;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The native values made for one call, released together when the call is over. */
final class CallScope implements AutoCloseable {
  private final PtNDManager manager;
  private final List<AutoCloseable> open = new ArrayList<>();

  CallScope(KernelModule module) {
    this.manager = module.manager();
  }

  IValue integer(long v) {
    return keep(IValue.from(v));
  }

  IValue real(double v) {
    return keep(IValue.from(v));
  }

  IValue flag(boolean v) {
    return keep(IValue.from(v));
  }

  IValue reals(double... v) {
    return keep(IValue.listFrom(v));
  }

  IValue integers(long... v) {
    return keep(IValue.listFrom(v));
  }

  /** An i64 tensor. */
  PtNDArray tensor(long[] v, long... shape) {
    ByteBuffer b = ByteBuffer.allocateDirect(v.length * 8).order(ByteOrder.nativeOrder());
    b.asLongBuffer().put(v);
    return keep((PtNDArray) manager.create(b, new Shape(shape), DataType.INT64));
  }

  /** An f32 tensor. */
  PtNDArray tensor(float[] v, long... shape) {
    ByteBuffer b = ByteBuffer.allocateDirect(v.length * 4).order(ByteOrder.nativeOrder());
    b.asFloatBuffer().put(v);
    return keep((PtNDArray) manager.create(b, new Shape(shape), DataType.FLOAT32));
  }

  /** An f64 tensor. */
  PtNDArray tensor(double[] v, long... shape) {
    ByteBuffer b = ByteBuffer.allocateDirect(v.length * 8).order(ByteOrder.nativeOrder());
    b.asDoubleBuffer().put(v);
    return keep((PtNDArray) manager.create(b, new Shape(shape), DataType.FLOAT64));
  }

  /** A tensor of raw bytes; the buffer is read, not kept. */
  PtNDArray bytes(ByteBuffer v) {
    return keep((PtNDArray) manager.create(v, new Shape(v.remaining()), DataType.UINT8));
  }

  IValue of(PtNDArray a) {
    return keep(IValue.from(a));
  }

  IValue list(PtNDArray... a) {
    return keep(IValue.listFrom(a));
  }

  <T extends AutoCloseable> T keep(T value) {
    open.add(value);
    return value;
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        throw new IllegalStateException("a native value could not be released", e);
      }
    }
    open.clear();
  }
}
