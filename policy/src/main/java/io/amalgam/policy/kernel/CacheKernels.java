package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls that make, change and address a {@link KvCache}. */
final class CacheKernels {
  private final KernelModule module;
  private final ModelConfig config;
  private final int threads;
  private final int dtype;
  private final boolean fused;

  CacheKernels(KernelModule module, ModelConfig config, int threads, int dtype, boolean fused) {
    this.module = module;
    this.config = config;
    this.threads = threads;
    this.dtype = dtype;
    this.fused = fused;
  }

  /** Bytes of one position of all layers. */
  static long bytesPerPosition(ModelConfig config, int dtype) {
    int element = dtype == KernelModule.F32 ? Float.BYTES : Short.BYTES;
    return 2L * config.layers() * config.keyValueHeads() * config.headDim() * element;
  }

  /** {@code length} rounded up to whole strides. */
  static int positions(int length) {
    return (length + KvCache.STRIDE - 1) / KvCache.STRIDE * KvCache.STRIDE;
  }

  /** Buckets without rows. */
  KvCache make(int... lengths) {
    int[] rounded = Arrays.stream(lengths).map(CacheKernels::positions).toArray();
    return new KvCache(
        rounded, bytesPerPosition(config, dtype), emptyBuckets(rounded), emptyBuckets(rounded));
  }

  private IValue emptyBuckets(int[] lengths) {
    try (CallScope scope = new CallScope(module)) {
      return module.call(
          threads,
          "buckets",
          scope.of(scope.tensor(new float[] {0}, 1)),
          scope.integer(config.layers()),
          scope.integers(Arrays.stream(lengths).asLongStream().toArray()),
          scope.integer(config.keyValueHeads()),
          scope.integer(config.headDim()),
          scope.integer(dtype));
    }
  }

  void resize(KvCache cache, int bucket, int rows, int kept) {
    if (rows < kept || rows > KvCache.MOST_ROWS || kept > cache.rows(bucket)) {
      throw new IllegalArgumentException(
          "bucket " + bucket + " cannot keep " + kept + " rows when it gets " + rows);
    }
    try (CallScope scope = new CallScope(module)) {
      module.run(
          threads,
          "resize",
          cache.keys(),
          cache.values(),
          scope.integer(bucket),
          scope.integer(cache.buckets()),
          scope.integer(rows),
          scope.integer(kept));
      cache.resized(bucket, rows);
    }
  }

  void copyRow(KvCache source, int from, KvCache target, int to, int length) {
    source.check(from, length);
    target.check(to, length);
    try (CallScope scope = new CallScope(module)) {
      module.run(
          threads,
          "copy_row",
          source.keys(),
          source.values(),
          target.keys(),
          target.values(),
          scope.integers(
              source.buckets(),
              KvCache.bucket(from),
              KvCache.row(from),
              target.buckets(),
              KvCache.bucket(to),
              KvCache.row(to)),
          scope.integer(length));
    }
  }

  /**
   * Which packed token goes where.
   *
   * @param tokens per bucket with rows to fill: [token numbers, places in the flattened bucket]
   * @param buckets the number of buckets, then those buckets
   */
  record Copies(IValue tokens, IValue buckets) {}

  /** Where the positions of packed sequences are stored. */
  Copies copies(CallScope scope, KvCache cache, List<PrefillSequence> sequences) {
    List<PtNDArray> tensors = new ArrayList<>();
    List<Long> buckets = new ArrayList<>();
    buckets.add((long) cache.buckets());
    for (int b = 0; b < cache.buckets(); b++) {
      int bucket = b;
      int total =
          sequences.stream()
              .mapToInt(
                  s ->
                      s.length()
                          * (int)
                              Arrays.stream(s.rows())
                                  .filter(place -> KvCache.bucket(place) == bucket)
                                  .count())
              .sum();
      if (total > 0) {
        buckets.add((long) b);
        copies(scope, cache, sequences, b, total, tensors);
      }
    }
    return new Copies(
        scope.list(tensors.toArray(new PtNDArray[0])),
        scope.integers(buckets.stream().mapToLong(Long::longValue).toArray()));
  }

  private static void copies(
      CallScope scope,
      KvCache cache,
      List<PrefillSequence> sequences,
      int bucket,
      int total,
      List<PtNDArray> tensors) {
    long[] from = new long[total];
    long[] to = new long[total];
    int n = 0;
    int start = 0;
    for (PrefillSequence s : sequences) {
      for (int place : s.rows()) {
        if (KvCache.bucket(place) == bucket) {
          for (int t = 0; t < s.length(); t++) {
            from[n] = (long) start + t;
            to[n++] = (long) KvCache.row(place) * cache.length(bucket) + t;
          }
        }
      }
      start += s.length();
    }
    tensors.add(scope.tensor(from, total));
    tensors.add(scope.tensor(to, total));
  }

  /**
   * How far attention looks for so many positions. Products without the fused operator copy the
   * part of a bucket that they look at, but not a whole bucket, which is then cheaper.
   */
  private int reach(int positions, int length) {
    int reach = positions(positions);
    return !fused && 4 * reach >= 3 * length ? length : reach;
  }

  /** The segments of rows at the given positions, the rows of bucket after bucket. */
  IValue segments(CallScope scope, KvCache cache, int[] bucketRows, int[] positions) {
    long[] out = new long[4 * (int) Arrays.stream(bucketRows).filter(n -> n > 0).count()];
    int at = 0;
    int first = 0;
    for (int b = 0; b < bucketRows.length; b++) {
      int n = bucketRows[b];
      if (n == 0) {
        continue;
      }
      int longest = Arrays.stream(positions, first, first + n).max().orElse(0);
      cache.check(KvCache.place(b, n - 1), longest + 1);
      out[at] = b;
      out[at + 1] = n;
      out[at + 2] = reach(longest + 1, cache.length(b));
      out[at + 3] = -1;
      at += 4;
      first += n;
    }
    return scope.integers(out);
  }

  /** The segment of consecutive positions of one row. */
  IValue segment(CallScope scope, KvCache cache, int place, int start, int length) {
    cache.check(place, start + length);
    return scope.integers(
        KvCache.bucket(place), length, positions(start + length), KvCache.row(place));
  }
}
