package io.amalgam.policy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable tensor in host memory: row-major, little-endian.
 *
 * @param dtype number format of the elements
 * @param shape sizes, outermost first; empty for a scalar
 * @param pieces one buffer, or several that hold whole rows each where the tensor is too large for
 *     one; together exactly {@link #size()} bytes between position and limit. Read through {@link
 *     #bytes()} and {@link #piece}, which never move a position
 * @param mapped whether they are pages of a file, which {@link #release} may take out of memory
 */
public record HostTensor(DType dtype, long[] shape, List<ByteBuffer> pieces, boolean mapped) {
  /** Checks that the bytes fit the shape. */
  public HostTensor {
    pieces = List.copyOf(pieces);
    long bytes = count(shape) * dtype.bytes();
    long row = shape.length == 0 || shape[0] == 0 ? bytes : bytes / shape[0];
    long remaining = 0;
    for (ByteBuffer piece : pieces) {
      remaining += piece.remaining();
      if (pieces.size() > 1 && piece.remaining() % row != 0) {
        throw new IllegalArgumentException("a piece of a tensor ends within a row");
      }
    }
    if (remaining != bytes) {
      throw new IllegalArgumentException(
          "a "
              + dtype
              + " tensor of shape "
              + Arrays.toString(shape)
              + " has "
              + bytes
              + " bytes, not "
              + remaining);
    }
  }

  /** A tensor in one buffer of memory, with its bytes between position and limit. */
  public HostTensor(DType dtype, long[] shape, ByteBuffer data) {
    this(dtype, shape, List.of(data), false);
  }

  /** An f32 tensor that copies the given values. */
  public static HostTensor ofFloats(float[] values, long... shape) {
    ByteBuffer b = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return new HostTensor(DType.F32, shape, b);
  }

  /** Whether format, shape and bytes are those of another. */
  boolean hasSameElements(HostTensor other) {
    if (dtype != other.dtype
        || !Arrays.equals(shape, other.shape)
        || pieces.size() != other.pieces.size()) {
      return false;
    }
    for (int i = 0; i < pieces.size(); i++) {
      if (!piece(i).equals(other.piece(i))) {
        return false;
      }
    }
    return true;
  }

  /** The number of elements. */
  public long elements() {
    return count(shape);
  }

  /** The number of bytes. */
  public long size() {
    return elements() * dtype.bytes();
  }

  /**
   * A little-endian, read-only view of the bytes, from position 0 to its capacity.
   *
   * @throws IllegalStateException if they are in several pieces
   */
  public ByteBuffer bytes() {
    if (pieces.size() != 1) {
      throw new IllegalStateException(
          "a tensor of shape " + Arrays.toString(shape) + " does not fit one buffer");
    }
    return piece(0);
  }

  /** The same of one of the {@link #pieces}. */
  public ByteBuffer piece(int i) {
    return pieces.get(i).slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Takes pages of a mapped file out of memory until they are read again; else does nothing. */
  public void release() {
    for (ByteBuffer piece : pieces) {
      release(piece.slice());
    }
  }

  /** The same for a part of one of the pieces: a slice of {@link #piece}. */
  public void release(ByteBuffer part) {
    if (mapped) {
      MappedPages.release(part);
    }
  }

  /** The values widened to f32; exact for every format but I64. */
  public float[] toFloats() {
    float[] out = new float[Math.toIntExact(elements())];
    int at = 0;
    for (int i = 0; i < pieces.size(); i++) {
      ByteBuffer b = piece(i);
      int n = b.remaining() / dtype.bytes();
      widen(b, out, at, n);
      at += n;
    }
    return out;
  }

  private void widen(ByteBuffer b, float[] out, int from, int n) {
    if (dtype == DType.F32) {
      b.asFloatBuffer().get(out, from, n);
      return;
    }
    for (int i = from; i < from + n; i++) {
      out[i] =
          switch (dtype) {
            case BF16 -> Float.intBitsToFloat(b.getShort() << 16);
            case F16 -> halfToFloat(b.getShort());
            case I64 -> b.getLong();
            case F32 -> throw new AssertionError("handled above");
          };
    }
  }

  /** The bf16 bits nearest to {@code value}, ties to even. */
  public static short toBf16Bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  private static float halfToFloat(short half) {
    int exponent = (half >>> 10) & 0x1F;
    int mantissa = half & 0x3FF;
    float magnitude =
        exponent == 0
            ? mantissa * 0x1p-24f
            : exponent == 31
                ? (mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Math.scalb(1f + mantissa * 0x1p-10f, exponent - 15);
    return half < 0 ? -magnitude : magnitude;
  }

  private static long count(long[] shape) {
    long n = 1;
    for (long s : shape) {
      n = Math.multiplyExact(n, s);
    }
    return n;
  }
}
