package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;

/**
 * The keys and values of all layers, on the device, in buckets: bucket b has rows of {@link
 * #length(int)} positions, [rows, key/value heads, length, head width] per layer. A bucket's number
 * of rows changes as it is needed, so that short sequences do not pay for the longest one's length
 * and unused rows cost nothing. Not safe for use by two threads at a time.
 */
public final class KvCache implements AutoCloseable {
  /** Attention looks at positions up to a multiple of this. */
  public static final int STRIDE = 32;

  /** Most rows of a bucket. */
  static final int MOST_ROWS = 1 << 20;

  private final int[] lengths;
  private final int[] rows;
  private final long bytesPerPosition;
  private final IValue keys;
  private final IValue values;
  private boolean closed;

  KvCache(int[] lengths, long bytesPerPosition, IValue keys, IValue values) {
    this.lengths = lengths.clone();
    this.rows = new int[lengths.length];
    this.bytesPerPosition = bytesPerPosition;
    this.keys = keys;
    this.values = values;
  }

  /** The place of a row of a bucket, as the model's calls take it; in bucket 0 the row itself. */
  public static int place(int bucket, int row) {
    return bucket * MOST_ROWS + row;
  }

  static int bucket(int place) {
    return place / MOST_ROWS;
  }

  static int row(int place) {
    return place % MOST_ROWS;
  }

  /** Number of buckets. */
  public int buckets() {
    return lengths.length;
  }

  /** Number of rows of a bucket. */
  public int rows(int bucket) {
    return rows[bucket];
  }

  /** Positions per row of a bucket: at least as many as were asked for. */
  public int length(int bucket) {
    return lengths[bucket];
  }

  /** Positions of all rows together. */
  public long positions() {
    long sum = 0;
    for (int b = 0; b < rows.length; b++) {
      sum += (long) rows[b] * lengths[b];
    }
    return sum;
  }

  /** Memory of all layers, in bytes. */
  public long bytes() {
    return positions() * bytesPerPosition;
  }

  void resized(int bucket, int count) {
    rows[bucket] = count;
  }

  /** Checks a place and that so many positions fit its row. */
  void check(int place, int positions) {
    int bucket = bucket(place);
    if (place < 0 || bucket >= lengths.length || row(place) >= rows[bucket]) {
      throw new IllegalArgumentException("the cache has no row at place " + place);
    }
    if (positions > lengths[bucket]) {
      throw new IllegalArgumentException(
          "a sequence of " + positions + " positions exceeds the cache's " + lengths[bucket]);
    }
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
