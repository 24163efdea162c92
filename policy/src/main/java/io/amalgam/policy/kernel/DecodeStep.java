package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One decode step. On a processor either its threads share each operator, so that each matrix is
 * read once, or the rows are divided among them, and they meet once per step. Where that changes no
 * bits, what is fastest is found by timing.
 */
final class DecodeStep implements AutoCloseable {
  private final ModelConfig config;
  private final KernelModule module;
  private final int threads;
  private final long largestMatrix;
  private final boolean timed;
  private final DecodeWeights weights;
  private final ModelTables tables;
  private final CacheKernels caches;
  private final Map<Integer, StepDivision.Choice> choices = new HashMap<>();
  private final ExecutorService pool;

  DecodeStep(
      ModelConfig config,
      KernelModule module,
      int threads,
      int dtype,
      DecodeWeights weights,
      ModelTables tables,
      CacheKernels caches) {
    this.config = config;
    this.module = module;
    this.threads = threads;
    largestMatrix =
        2L
            * config.intermediateSize()
            * config.hiddenSize()
            * (dtype == KernelModule.BF16 ? Short.BYTES : Float.BYTES);
    // In f32 a row's last bits depend on the rows beside it: they must not depend on the clock.
    timed = dtype == KernelModule.BF16;
    this.weights = weights;
    this.tables = tables;
    this.caches = caches;
    pool =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "decode-rows");
              thread.setDaemon(true);
              return thread;
            });
  }

  StepResult run(KvCache cache, StepInput in) {
    // Tables grow here, before several calls read them.
    tables.tables(Arrays.stream(in.positions()).max().orElse(0) + 1);
    if (!module.onCpu()) {
      return divided(cache, in, new StepDivision(1, threads));
    }
    if (!timed) {
      return divided(cache, in, StepDivision.candidates(in.rows(), threads, largestMatrix).get(0));
    }
    // Powers of two: neighbouring numbers of rows are alike.
    int range = Integer.highestOneBit(in.rows());
    StepDivision.Choice choice =
        choices.computeIfAbsent(
            range,
            rows -> new StepDivision.Choice(StepDivision.candidates(rows, threads, largestMatrix)));
    StepDivision division = choice.next();
    long start = System.nanoTime();
    StepResult result = divided(cache, in, division);
    choice.took(division, System.nanoTime() - start);
    return result;
  }

  private StepResult divided(KvCache cache, StepInput in, StepDivision division) {
    int parts = division.parts();
    int perOperator = division.operatorThreads();
    if (parts == 1) {
      return new StepResult(in.rows(), in.request(), call(cache, in, perOperator), in.noise());
    }
    List<Future<float[]>> others = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      StepInput part = part(in, i, parts);
      others.add(pool.submit(() -> call(cache, part, perOperator)));
    }
    List<float[]> found = new ArrayList<>();
    try {
      found.add(call(cache, part(in, 0, parts), perOperator));
    } finally {
      // The cache is the caller's again only when nobody writes into it any more.
      others.forEach(DecodeStep::settle);
    }
    others.forEach(other -> found.add(result(other)));
    float[] table = new float[found.stream().mapToInt(some -> some.length).sum()];
    int at = 0;
    for (float[] some : found) {
      System.arraycopy(some, 0, table, at, some.length);
      at += some.length;
    }
    return new StepResult(in.rows(), in.request(), table, in.noise());
  }

  /** Waits until the part is computed or has failed. */
  private static void settle(Future<float[]> part) {
    boolean interrupted = false;
    while (!part.isDone()) {
      try {
        part.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        // reported by result()
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static float[] result(Future<float[]> settled) {
    boolean interrupted = Thread.interrupted();
    try {
      return settled.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a part of a decode step failed", e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("a settled part cannot be waited for", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static StepInput part(StepInput in, int i, int parts) {
    return in.part(in.rows() * i / parts, in.rows() * (i + 1) / parts);
  }

  /** The table of {@link StepResult} of some rows. */
  private float[] call(KvCache cache, StepInput in, int perOperator) {
    int rows = in.rows();
    int k = in.k();
    CandidateRequest request = in.request();
    int draws = request.draws();
    long[] ints = new long[rows * (k + 1)];
    int hidden = in.noise().on() ? config.hiddenSize() : 0;
    int width = k + draws + 2 * hidden;
    double[] reals = new double[rows * width];
    int longest = 0;
    for (int b = 0; b < rows; b++) {
      for (int j = 0; j < k; j++) {
        ints[b * (k + 1) + j] = checked(in.ids()[b * k + j]);
        reals[b * width + j] = in.weights()[b * k + j];
      }
      ints[b * (k + 1) + k] = in.positions()[b];
      System.arraycopy(in.uniforms(), b * draws, reals, b * width + k, draws);
      for (int d = 0; d < hidden; d++) {
        reals[b * width + k + draws + d] = in.noise().fed()[b * hidden + d];
        reals[b * width + k + draws + hidden + d] = in.noise().drawn()[b * hidden + d];
      }
      longest = Math.max(longest, in.positions()[b]);
    }
    double collapse = request.collapse();
    CandidateFilter filter = request.filter();
    try (CallScope scope = new CallScope(module)) {
      PtNDArray table =
          scope.keep(
              module.tensor(
                  perOperator,
                  "decode",
                  weights.list(),
                  cache.keys(),
                  cache.values(),
                  tables.tables(longest + 1),
                  scope.of(scope.tensor(ints, rows, k + 1)),
                  scope.of(scope.tensor(reals, rows, width)),
                  tables.shape(in.maximum()),
                  tables.layers(),
                  scope.integers(
                      draws,
                      request.replacement() ? 1 : 0,
                      request.top(),
                      checked(request.watched())),
                  scope.real(in.temperature()),
                  scope.real(collapse / (1 - collapse)),
                  scope.reals(filter.topK(), filter.topP(), filter.minP()),
                  caches.segments(scope, cache, in.runs(), in.positions()),
                  scope.of(in.seen().padded(scope, rows, config.vocabSize())),
                  scope.real(in.seen().penalty())));
      return table.toFloatArray();
    }
  }

  private int checked(int id) {
    if (id < 0 || id >= config.vocabSize()) {
      throw new IllegalArgumentException(
          "id " + id + " is outside the vocabulary of " + config.vocabSize());
    }
    return id;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
