package io.amalgam.policy.kernel;

/** The keys and values of all layers for a fixed number of rows and positions. */
public final class KvCache implements AutoCloseable {
  private final int rows;
  private final int length;
  private final long bytes;

  KvCache(int rows, int length, long bytes) {
    this.rows = rows;
    this.length = length;
    this.bytes = bytes;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Positions per row. */
  public int length() {
    return length;
  }

  /** Memory of all layers. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {}
}
