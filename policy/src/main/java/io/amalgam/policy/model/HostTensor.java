package io.amalgam.policy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An immutable tensor in host memory: row-major, little-endian.
 *
 * @param dtype number format of the elements
 * @param shape sizes, outermost first; empty for a scalar
 * @param data exactly {@code elements() * dtype.bytes()} bytes between position and limit; read
 *     through {@link #bytes()}, which never moves the position of this buffer
 */
public record HostTensor(DType dtype, long[] shape, ByteBuffer data) {
  /** Checks that the bytes fit the shape. */
  public HostTensor {
    long bytes = count(shape) * dtype.bytes();
    if (data.remaining() != bytes) {
      throw new IllegalArgumentException(
          "a "
              + dtype
              + " tensor of shape "
              + Arrays.toString(shape)
              + " has "
              + bytes
              + " bytes, not "
              + data.remaining());
    }
  }

  /** An f32 tensor that copies the given values. */
  public static HostTensor ofFloats(float[] values, long... shape) {
    ByteBuffer b = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return new HostTensor(DType.F32, shape, b);
  }

  /** The number of elements. */
  public long elements() {
    return count(shape);
  }

  /** A little-endian, read-only view of the bytes, from position 0 to its capacity. */
  public ByteBuffer bytes() {
    return data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The values widened to f32; exact for every format but I64. */
  public float[] toFloats() {
    ByteBuffer b = bytes();
    float[] out = new float[Math.toIntExact(elements())];
    if (dtype == DType.F32) {
      b.asFloatBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (dtype) {
            case BF16 -> Float.intBitsToFloat(b.getShort() << 16);
            case F16 -> halfToFloat(b.getShort());
            case I64 -> b.getLong();
            case F32 -> throw new AssertionError("handled above");
          };
    }
    return out;
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
