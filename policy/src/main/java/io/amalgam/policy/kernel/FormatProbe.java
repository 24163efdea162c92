package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides {@link ComputeFormat#AUTO} by timing the same products in f32 and in bf16, since
 * processors differ by a factor of five in either direction.
 */
public final class FormatProbe {
  /** Models with fewer parameters compute in f32: their time is operators, not products. */
  static final long SMALL_MODEL = 16_000_000;

  /** Rows of a product in decoding. */
  static final int DECODE_ROWS = 32;

  /** Rows of a product in training. */
  static final int TRAIN_ROWS = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(FormatProbe.class);
  private static final int OUT = 1536;
  private static final int IN = 576;
  private static final int MATRICES = 8;
  private static final int ROUNDS = 12;

  /** Rounds after which a gain far from the decision is believed. */
  private static final int FEW_ROUNDS = 4;

  /** Gain from which on the coarser format is worth it. */
  private static final double CLEARLY = 1.3;

  private static final Map<String, ComputeFormat> DECIDED = new ConcurrentHashMap<>();

  private FormatProbe() {}

  /** The format to use for one purpose: the configured one, or for AUTO what timing finds. */
  static ComputeFormat decide(ComputeSettings settings, long parameters, int rows) {
    return decide(settings, parameters, new int[] {rows});
  }

  /**
   * The one format in which a policy is sampled and trained: the configured one, or for AUTO what
   * timing finds. A process measures once.
   */
  public static ComputeFormat forRun(ComputeSettings settings, long parameters) {
    return decide(settings, parameters, new int[] {DECODE_ROWS, TRAIN_ROWS});
  }

  private static ComputeFormat decide(ComputeSettings settings, long parameters, int[] rows) {
    if (settings.format() != ComputeFormat.AUTO) {
      return settings.format();
    }
    if (parameters < SMALL_MODEL) {
      return ComputeFormat.F32;
    }
    String key = settings.device() + " " + settings.threads() + " " + Arrays.toString(rows);
    return DECIDED.computeIfAbsent(key, k -> measure(settings, rows));
  }

  /** bf16 where the mean over the numbers of rows of its gain is clear, else f32. */
  private static ComputeFormat measure(ComputeSettings settings, int[] rows) {
    double logarithms = 0;
    StringBuilder figures = new StringBuilder();
    for (int n : rows) {
      int matrices = Math.max(1, MATRICES * DECODE_ROWS / n);
      double[] speed =
          gigaflops(settings, n, matrices, List.of(ComputeFormat.F32, ComputeFormat.BF16));
      logarithms += Math.log(speed[1] / speed[0]);
      figures.append(
          String.format(
              Locale.ROOT, "%d rows: f32 %.0f, bf16 %.0f GFLOP/s; ", n, speed[0], speed[1]));
    }
    double gain = Math.exp(logarithms / rows.length);
    ComputeFormat choice = gain >= CLEARLY ? ComputeFormat.BF16 : ComputeFormat.F32;
    LOG.info(
        "products with {}bf16 is {} times as fast; computing in {}",
        figures,
        String.format(Locale.ROOT, "%.2f", gain),
        choice);
    return choice;
  }

  /** The same as the kernels' type code. */
  static int dtype(ComputeSettings settings, long parameters, int rows) {
    return decide(settings, parameters, rows) == ComputeFormat.BF16
        ? KernelModule.BF16
        : KernelModule.F32;
  }

  /**
   * The speed of products of {@code rows} rows with 576 → 1,536 matrices, best of several rounds.
   *
   * @return 10⁹ floating-point operations per second
   */
  public static double gigaflops(ComputeSettings settings, ComputeFormat format, int rows) {
    return gigaflops(settings, rows, MATRICES, List.of(format))[0];
  }

  /** The same of several formats, measured in turns: what slows a core down slows all of them. */
  private static double[] gigaflops(
      ComputeSettings settings, int rows, int matrices, List<ComputeFormat> formats) {
    KernelModule module = KernelModule.on(settings.device());
    double[] best = new double[formats.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    try (CallScope scope = new CallScope(module)) {
      List<IValue[]> products = new ArrayList<>();
      for (ComputeFormat format : formats) {
        int dtype = format == ComputeFormat.BF16 ? KernelModule.BF16 : KernelModule.F32;
        PtNDArray[] weights = new PtNDArray[matrices];
        for (int i = 0; i < matrices; i++) {
          weights[i] = zeros(module, scope, dtype, OUT, IN);
        }
        IValue x = scope.of(zeros(module, scope, dtype, rows, IN));
        products.add(new IValue[] {x, scope.list(weights)});
      }
      for (int i = 0; i <= ROUNDS && !(i > FEW_ROUNDS && obvious(best)); i++) {
        for (int f = 0; f < best.length; f++) {
          long start = System.nanoTime();
          module.run(settings.threads(), "products", products.get(f));
          if (i > 0) {
            best[f] = Math.min(best[f], System.nanoTime() - start);
          }
        }
      }
    }
    double operations = 2.0 * rows * OUT * IN * matrices;
    return Arrays.stream(best).map(nanos -> operations / nanos).toArray();
  }

  /** Whether the second of two formats gains or loses so much that more rounds change nothing. */
  private static boolean obvious(double[] best) {
    return best.length == 2 && (best[0] > 2 * CLEARLY * best[1] || 2 * best[0] < CLEARLY * best[1]);
  }

  /** What the numbers are makes no difference to the time. */
  private static PtNDArray zeros(
      KernelModule module, CallScope scope, int dtype, int rows, int columns) {
    IValue like = scope.of(scope.tensor(new float[] {0}, 1));
    return scope.keep(
        module.tensor(1, "zeros", like, scope.integers(rows, columns), scope.integer(dtype)));
  }
}
