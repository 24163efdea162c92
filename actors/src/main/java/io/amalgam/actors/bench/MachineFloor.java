package io.amalgam.actors.bench;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.FloorProbe;
import io.amalgam.policy.kernel.FormatProbe;

/**
 * The least time that reading and multiplying take on this machine: the larger of the bytes over
 * the bandwidth and of the operations over the speed of large products, both in the format whose
 * products are faster here.
 *
 * @param format that format
 * @param bytesPerSecond of reading memory
 * @param operationsPerSecond of products with 2,048 rows
 */
record MachineFloor(ComputeFormat format, double bytesPerSecond, double operationsPerSecond) {
  private static final int MANY_ROWS = 2048;

  /** Measures it, about two seconds. */
  static MachineFloor measure(ComputeSettings compute) {
    FloorProbe.Floor f32 = FloorProbe.measure(compute);
    double bf16 = FormatProbe.gigaflops(compute, ComputeFormat.BF16, MANY_ROWS);
    boolean half = bf16 > f32.gigaflops();
    return new MachineFloor(
        half ? ComputeFormat.BF16 : ComputeFormat.F32,
        f32.readGigabytesPerSecond() * 1e9,
        Math.max(bf16, f32.gigaflops()) * 1e9);
  }

  /** Bytes of one number in the format. */
  int elementBytes() {
    return format == ComputeFormat.BF16 ? Short.BYTES : Float.BYTES;
  }

  /** The least milliseconds for that much reading and computing. */
  Measured millis(double bytes, double operations) {
    double seconds = Math.max(bytes / bytesPerSecond, operations / operationsPerSecond);
    return Measured.of(Workload.name(format), Quantity.STEP_MILLIS, 1e3 * seconds);
  }
}
