package io.amalgam.policy.weights;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Bytes that grow at the end; can write variable-length numbers and deflate what was written. */
final class ByteSink {
  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    bytes[size++] = (byte) value;
  }

  /** A non-negative number in groups of 7 bits, lowest first, the upper bit meaning "more". */
  void putVarint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      put(rest | 0x80);
      rest >>>= 7;
    }
    put(rest);
  }

  void append(ByteSink other) {
    if (size + other.size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + other.size));
    }
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    size += other.size;
  }

  /** What was written, deflated at the fastest level, without header. */
  byte[] deflated() {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes, 0, size);
      deflater.finish();
      byte[] out = new byte[size / 2 + 64];
      int n = 0;
      while (!deflater.finished()) {
        if (n == out.length) {
          out = Arrays.copyOf(out, out.length * 2);
        }
        n += deflater.deflate(out, n, out.length - n);
      }
      return Arrays.copyOf(out, n);
    } finally {
      deflater.end();
    }
  }
}
