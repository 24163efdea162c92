package io.amalgam.verifiers;

import java.nio.file.Path;

/** The files of the repository that tests read. */
public final class Repository {
  private Repository() {}

  /** A path in the repository. */
  public static Path file(String relative) {
    return Path.of(System.getProperty("amalgam.repository", "..")).resolve(relative);
  }
}
