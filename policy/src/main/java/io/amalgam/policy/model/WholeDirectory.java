package io.amalgam.policy.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory that appears complete or not at all. */
public final class WholeDirectory {
  /** What fills the directory. */
  @FunctionalInterface
  public interface Content {
    /** Writes all files into an empty directory. */
    void write(Path directory) throws IOException;
  }

  private WholeDirectory() {}

  /**
   * Has files written into a temporary directory beside the target, which is then renamed; when
   * that fails nothing is left behind.
   *
   * @param target the directory, which must not exist
   * @throws IOException if it exists, or when the disk refuses
   */
  public static void write(Path target, Content content) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path parent = Optional.ofNullable(absolute.getParent()).orElse(absolute);
    if (Files.exists(absolute)) {
      throw new IOException(absolute + " exists already");
    }
    Files.createDirectories(parent);
    Path temporary = Files.createTempDirectory(parent, ".saving-");
    try {
      content.write(temporary);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      remove(temporary);
      throw e;
    }
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path p : all) {
      Files.deleteIfExists(p);
    }
  }
}
