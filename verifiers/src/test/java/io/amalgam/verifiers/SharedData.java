package io.amalgam.verifiers;

import java.nio.file.Path;

/** Where reference data lies beside the repository, if it is there. */
public final class SharedData {
  private SharedData() {}

  /** A path in the directory {@code shared} beside the repository. */
  public static Path path(String relative) {
    return Path.of(System.getProperty("amalgam.repository", ".."))
        .resolve("../shared")
        .resolve(relative);
  }
}
