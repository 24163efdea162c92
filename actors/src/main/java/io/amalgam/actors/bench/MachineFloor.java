package io.amalgam.actors.bench;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.FloorProbe;
import io.amalgam.policy.kernel.FormatProbe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The least time that reading and multiplying take on this machine: the larger of the bytes over
 * the bandwidth and of the operations over the speed of large products.
 *
 * @param format of the numbers that are read and multiplied
 * @param bytesPerSecond of reading memory
 * @param operationsPerSecond of products with 2,048 rows
 */
record MachineFloor(ComputeFormat format, double bytesPerSecond, double operationsPerSecond) {
  private static final int MANY_ROWS = 2048;

  /** That of f32, about a second. */
  static MachineFloor f32(ComputeSettings compute) {
    FloorProbe.Floor floor = FloorProbe.measure(compute);
    return new MachineFloor(
        ComputeFormat.F32, floor.readGigabytesPerSecond() * 1e9, floor.gigaflops() * 1e9);
  }

  /** That of f32 or bf16, whichever has the faster products on this machine. */
  static MachineFloor best(ComputeSettings compute) {
    MachineFloor f32 = f32(compute);
    double bf16 = 1e9 * FormatProbe.gigaflops(compute, ComputeFormat.BF16, MANY_ROWS);
    return bf16 > f32.operationsPerSecond()
        ? new MachineFloor(ComputeFormat.BF16, f32.bytesPerSecond(), bf16)
        : f32;
  }

  /** Both as anchors of the time that {@code least} computes. */
  static List<Comparison> comparisons(
      ComputeSettings compute, Function<MachineFloor, Measured> least, Optional<Target> target) {
    return List.of(
        new Comparison(
            new InsideAnchor("floor", () -> least.apply(best(compute))),
            Quantity.STEP_MILLIS,
            target),
        new Comparison(
            new InsideAnchor("floor of f32", () -> least.apply(f32(compute))),
            Quantity.STEP_MILLIS,
            target));
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
