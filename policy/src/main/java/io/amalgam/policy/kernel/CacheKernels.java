package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls that make, change and address a {@link KvCache}. */
final class CacheKernels {
  /** Integers that describe a segment; see cache.py. */
  private static final int SEGMENT = 8;

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

  /**
   * Copies positions {@code start} … {@code start + length − 1} of a row to the start of another.
   */
  void copyRow(KvCache source, int from, int start, KvCache target, int to, int length) {
    source.check(from, start + length);
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
              KvCache.row(to),
              start),
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
              .flatMap(s -> s.targets().stream())
              .filter(target -> KvCache.bucket(target.place()) == bucket)
              .mapToInt(PrefillSequence.Target::length)
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
      for (PrefillSequence.Target target : s.targets()) {
        if (KvCache.bucket(target.place()) == bucket) {
          for (int t = 0; t < target.length(); t++) {
            from[n] = (long) start + target.from() + t;
            to[n++] = (long) KvCache.row(target.place()) * cache.length(bucket) + t;
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

  /** The segments of runs of rows at the given positions, in this order. */
  IValue segments(CallScope scope, KvCache cache, List<CacheRun> runs, int[] positions) {
    long[] out = new long[SEGMENT * runs.size()];
    int first = 0;
    for (int i = 0; i < runs.size(); i++) {
      CacheRun run = runs.get(i);
      int longest = Arrays.stream(positions, first, first + run.rows()).max().orElse(0);
      int own = longest + 1 - run.apart();
      cache.check(KvCache.place(run.bucket(), run.first() + run.rows() - 1), own);
      boolean shares = run.apart() > 0;
      if (shares) {
        cache.check(run.shared(), run.apart());
      }
      segment(
          out,
          i,
          run.bucket(),
          run.first(),
          run.rows(),
          reach(own, cache.length(run.bucket())),
          0,
          shares ? KvCache.bucket(run.shared()) : CacheRun.NOWHERE,
          shares ? KvCache.row(run.shared()) : 0,
          run.apart());
      first += run.rows();
    }
    return scope.integers(out);
  }

  /**
   * The segment of consecutive positions of one row.
   *
   * @param apart so many first positions of the row are summed apart from the others
   */
  IValue segment(CallScope scope, KvCache cache, int place, int start, int length, int apart) {
    cache.check(place, start + length);
    long[] out = new long[SEGMENT];
    segment(
        out,
        0,
        KvCache.bucket(place),
        KvCache.row(place),
        length,
        positions(start + length),
        1,
        CacheRun.NOWHERE,
        0,
        apart);
    return scope.integers(out);
  }

  private static void segment(long[] out, int i, long... values) {
    System.arraycopy(values, 0, out, i * SEGMENT, SEGMENT);
  }
}
