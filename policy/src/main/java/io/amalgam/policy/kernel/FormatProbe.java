package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Random;
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
  private static final int ROUNDS = 5;

  private FormatProbe() {}

  /** The format to use: the configured one, or for AUTO the one found faster. */
  static ComputeFormat decide(ComputeSettings settings, long parameters, int rows) {
    if (settings.format() != ComputeFormat.AUTO) {
      return settings.format();
    }
    if (parameters < SMALL_MODEL) {
      return ComputeFormat.F32;
    }
    double f32 = gigaflops(settings, ComputeFormat.F32, rows);
    double bf16 = gigaflops(settings, ComputeFormat.BF16, rows);
    ComputeFormat choice = bf16 > f32 ? ComputeFormat.BF16 : ComputeFormat.F32;
    LOG.info(
        "products with {} rows: f32 {} GFLOP/s, bf16 {} GFLOP/s; computing in {}",
        rows,
        Math.round(f32),
        Math.round(bf16),
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
    KernelModule module = KernelModule.on(settings.device());
    int dtype = format == ComputeFormat.BF16 ? KernelModule.BF16 : KernelModule.F32;
    try (CallScope scope = new CallScope(module)) {
      PtNDArray[] weights = new PtNDArray[MATRICES];
      for (int i = 0; i < MATRICES; i++) {
        weights[i] = random(module, scope, i, dtype, OUT, IN);
      }
      IValue x = scope.of(random(module, scope, MATRICES, dtype, rows, IN));
      IValue list = scope.list(weights);
      double best = Double.MAX_VALUE;
      for (int i = 0; i <= ROUNDS; i++) {
        long start = System.nanoTime();
        module.run(settings.threads(), "products", x, list);
        if (i > 0) {
          best = Math.min(best, System.nanoTime() - start);
        }
      }
      return 2.0 * rows * OUT * IN * MATRICES / best;
    }
  }

  private static PtNDArray random(
      KernelModule module, CallScope scope, long seed, int dtype, int rows, int columns) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    PtNDArray plain = scope.tensor(values, rows, columns);
    return dtype == KernelModule.F32
        ? plain
        : scope.keep(module.tensor(1, "cast", scope.of(plain), scope.integer(dtype)));
  }
}
