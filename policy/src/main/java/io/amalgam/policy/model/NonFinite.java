package io.amalgam.policy.model;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.OptionalLong;

/**
 * Finds values that are NaN or infinite: those whose exponent bits are all ones. Eight bytes are
 * looked at in one step, in blocks, so that the search costs little beside reading the file.
 */
final class NonFinite {
  /** Longs in a block. */
  private static final int BLOCK = 4096;

  private NonFinite() {}

  /** The index of the first value that is not finite. */
  static OptionalLong first(HostTensor tensor) {
    DType dtype = tensor.dtype();
    if (dtype == DType.I64) {
      return OptionalLong.empty();
    }
    long before = 0;
    for (int i = 0; i < tensor.pieces().size(); i++) {
      ByteBuffer piece = tensor.piece(i);
      OptionalLong found = first(piece, dtype);
      tensor.release(piece);
      if (found.isPresent()) {
        return OptionalLong.of(before + found.getAsLong());
      }
      before += piece.capacity() / dtype.bytes();
    }
    return OptionalLong.empty();
  }

  private static OptionalLong first(ByteBuffer bytes, DType dtype) {
    LongBuffer longs = bytes.asLongBuffer();
    long exponent = lanes(dtype, exponent(dtype));
    // adding the exponent's lowest bit to an exponent of ones carries into the bit of the sign
    long lowest = lanes(dtype, exponent(dtype) & -exponent(dtype));
    long sign = lanes(dtype, 1L << (8 * dtype.bytes() - 1));
    long[] block = new long[Math.min(BLOCK, longs.remaining())];
    while (longs.hasRemaining()) {
      int at = longs.position();
      int n = Math.min(block.length, longs.remaining());
      longs.get(block, 0, n);
      if ((carries(block, n, exponent, lowest) & sign) != 0) {
        return within(bytes, dtype, 8L * at, 8L * (at + n));
      }
    }
    return within(bytes, dtype, bytes.limit() & ~7L, bytes.limit());
  }

  private static long carries(long[] block, int n, long exponent, long lowest) {
    long all = 0;
    for (int i = 0; i < n; i++) {
      all |= (block[i] & exponent) + lowest;
    }
    return all;
  }

  private static OptionalLong within(ByteBuffer bytes, DType dtype, long from, long to) {
    long ones = exponent(dtype);
    for (long at = from; at < to; at += dtype.bytes()) {
      long bits = dtype.bytes() == 4 ? bytes.getInt((int) at) : bytes.getShort((int) at);
      if ((bits & ones) == ones) {
        return OptionalLong.of(at / dtype.bytes());
      }
    }
    return OptionalLong.empty();
  }

  private static long exponent(DType dtype) {
    return switch (dtype) {
      case F32 -> 0x7F80_0000L;
      case BF16 -> 0x7F80L;
      case F16 -> 0x7C00L;
      case I64 -> 0;
    };
  }

  /** The pattern in every value of a long. */
  private static long lanes(DType dtype, long pattern) {
    long twice = dtype.bytes() == 2 ? pattern << 16 | pattern : pattern;
    return twice << 32 | twice;
  }
}
