package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;

/**
 * The keys and values of all layers for a fixed number of rows and positions, [rows, length,
 * key/value heads, head width] per layer, on the device. Not safe for use by two threads at a time.
 */
public final class KvCache implements AutoCloseable {
  /** Attention looks at positions up to a multiple of this. */
  static final int STRIDE = 32;

  private final int rows;
  private final int length;
  private final long bytes;
  private final IValue keys;
  private final IValue values;
  private boolean closed;

  KvCache(int rows, int length, long bytes, IValue keys, IValue values) {
    this.rows = rows;
    this.length = length;
    this.bytes = bytes;
    this.keys = keys;
    this.values = values;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Positions per row: at least as many as were asked for. */
  public int length() {
    return length;
  }

  /** Memory of all layers, in bytes. */
  public long bytes() {
    return bytes;
  }

  IValue keys() {
    return keys;
  }

  IValue values() {
    return values;
  }

  /** Releases the memory; the cache cannot be used afterwards. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      keys.close();
      values.close();
    }
  }
}
