package io.amalgam.actors.cli;

import io.amalgam.actors.settings.ResolvedSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The directory of one launch: never used twice, except by {@code resume}. */
final class RunDirectory {
  static final String CONFIG = "config.conf";

  private RunDirectory() {}

  /** Refuses a directory that exists, before anything is started. */
  static void requireNew(Optional<Path> chosen) {
    if (chosen.isPresent() && Files.exists(chosen.get())) {
      throw UserError.usage(
          "the run directory " + chosen.get() + " exists",
          "choose a new one, or go on with it: amalgam resume " + chosen.get());
    }
  }

  /** Makes the directory and writes the resolved configuration into it. */
  static Path create(Optional<Path> chosen, ResolvedSettings resolved) {
    try {
      Path dir = chosen.isPresent() ? claimed(chosen.get()) : dated(resolved);
      Files.writeString(dir.resolve(CONFIG), resolved.render());
      return dir;
    } catch (IOException e) {
      throw UserError.usage(
          "cannot make the run directory (" + e + ")",
          "choose a place that can be written to with --run-dir");
    }
  }

  private static Path claimed(Path dir) throws IOException {
    requireNew(Optional.of(dir));
    Path parent = dir.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.createDirectory(dir);
  }

  private static Path dated(ResolvedSettings resolved) throws IOException {
    Path parent = Path.of(resolved.settings().run().directory());
    Files.createDirectories(parent);
    String name =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).format(LocalDateTime.now());
    for (int i = 1; ; i++) {
      try {
        return Files.createDirectory(parent.resolve(i == 1 ? name : name + "-" + i));
      } catch (FileAlreadyExistsException e) {
        // Two launches in one second: the next number is free.
        continue;
      }
    }
  }

  /** A run directory that exists, for verbs that read one; exit code 3 otherwise. */
  static Path requireRun(Path dir) {
    if (!Files.isRegularFile(dir.resolve(CONFIG))) {
      throw UserError.missing(
          Files.isDirectory(dir)
              ? dir + " is not a run directory: it has no " + CONFIG
              : "there is no run directory " + dir,
          "give the directory of a run, for example one under runs/");
    }
    return dir;
  }
}
