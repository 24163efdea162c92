package io.amalgam.actors.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Processor time used by this process and by all others between two moments, from {@code
 * /proc/stat} and {@code /proc/self/stat}. Processes that this one started and that have ended
 * count as its own.
 *
 * <p>Empty on systems without those files.
 */
public final class ProcessorLoad {
  private static final double TICKS_PER_SECOND = 100;

  private final long startNanos = System.nanoTime();
  private final Optional<long[]> start = ticks();

  /** Cores used by other processes since this object was made, on average. */
  public OptionalDouble otherCores() {
    Optional<long[]> now = ticks();
    if (start.isEmpty() || now.isEmpty()) {
      return OptionalDouble.empty();
    }
    long all = now.get()[0] - start.get()[0];
    long own = now.get()[1] - start.get()[1];
    return OptionalDouble.of(Math.max(0, all - own) / TICKS_PER_SECOND / seconds());
  }

  /** Cores used by this process, on average. */
  public OptionalDouble ownCores() {
    Optional<long[]> now = ticks();
    if (start.isEmpty() || now.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((now.get()[1] - start.get()[1]) / TICKS_PER_SECOND / seconds());
  }

  private double seconds() {
    return Math.max(1e-3, (System.nanoTime() - startNanos) / 1e9);
  }

  /** Busy ticks of all processors, and of this process. */
  private static Optional<long[]> ticks() {
    try {
      String[] all = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
      long busy = 0;
      for (int i = 1; i < all.length && i <= 8; i++) {
        // Columns 4 and 5 are idle and waiting for a disk.
        busy += i == 4 || i == 5 ? 0 : Long.parseLong(all[i]);
      }
      String self = Files.readString(Path.of("/proc/self/stat"));
      String[] own = self.substring(self.lastIndexOf(')') + 2).split(" ");
      long mine = 0;
      // Columns 14 to 17: user and system time, its own and its ended children's.
      for (int i = 11; i <= 14; i++) {
        mine += Long.parseLong(own[i]);
      }
      return Optional.of(new long[] {busy, mine});
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
