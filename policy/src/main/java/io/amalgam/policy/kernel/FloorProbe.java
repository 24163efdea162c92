package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;

/**
 * Measures what the machine could do at most, so that a benchmark can state its results as
 * multiples of it: reading memory, and f32 matrix products of many rows.
 */
public final class FloorProbe {
  private static final int READ_MIB = 256;
  private static final int ROUNDS = 8;
  private static final int MANY_ROWS = 2048;

  /**
   * A measured floor.
   *
   * @param readGigabytesPerSecond reading of a 256 MiB f32 array, 10⁹ bytes per second
   * @param gigaflops f32 products with 2,048 rows, 10⁹ operations per second
   * @param fewRowGigaflops f32 products with 32 rows
   */
  public record Floor(double readGigabytesPerSecond, double gigaflops, double fewRowGigaflops) {
    /** The least time in seconds for reading {@code bytes} and computing {@code flops}. */
    public double seconds(double bytes, double flops) {
      return Math.max(bytes / readGigabytesPerSecond, flops / gigaflops) / 1e9;
    }
  }

  private FloorProbe() {}

  /** Measures with the given threads and device, best of several rounds; takes about a second. */
  public static Floor measure(ComputeSettings settings) {
    return new Floor(
        read(settings),
        FormatProbe.gigaflops(settings, ComputeFormat.F32, MANY_ROWS),
        FormatProbe.gigaflops(settings, ComputeFormat.F32, FormatProbe.DECODE_ROWS));
  }

  private static double read(ComputeSettings settings) {
    KernelModule module = KernelModule.on(settings.device());
    try (CallScope scope = new CallScope(module)) {
      IValue like = scope.of(scope.tensor(new float[] {0}, 1));
      PtNDArray data =
          scope.keep(
              module.tensor(
                  settings.threads(),
                  "zeros",
                  like,
                  scope.integers(READ_MIB, 1 << 18),
                  scope.integer(KernelModule.F32)));
      IValue value = scope.of(data);
      double best = Double.MAX_VALUE;
      for (int i = 0; i <= ROUNDS; i++) {
        long start = System.nanoTime();
        module.run(settings.threads(), "read_all", value);
        if (i > 0) {
          best = Math.min(best, System.nanoTime() - start);
        }
      }
      return READ_MIB * (double) (1 << 20) / best;
    }
  }
}
