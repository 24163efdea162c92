package io.amalgam.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process that is in the machine's memory, native memory included; Linux only. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Whether the system tells. */
  public static boolean isKnown() {
    return Files.exists(STATUS);
  }

  /** Bytes, after a collection of garbage. */
  public static long bytes() throws IOException {
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
