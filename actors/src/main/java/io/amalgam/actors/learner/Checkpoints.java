package io.amalgam.actors.learner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: {@code checkpoints/v000123/}, the newest few of them.
 *
 * <p>One is written into a hidden directory, forced to the disk, and renamed; so a directory with a
 * proper name is whole unless the disk damaged it, which the checksums of its manifest show.
 */
public final class Checkpoints {
  private final Path directory;
  private final int keep;

  /** A checkpoint that was found, and what was wrong with newer ones. */
  public record Found(Path directory, Checkpoint checkpoint, List<String> damaged) {}

  /** A checkpoint that was written. */
  public record Written(Path directory, long bytes) {}

  /**
   * The checkpoints of a run directory.
   *
   * @param keep how many are kept, at least 1
   */
  public Checkpoints(Path runDir, int keep) {
    this.directory = runDir.resolve("checkpoints");
    this.keep = keep;
  }

  /**
   * Writes a checkpoint and removes old ones. One of the same version is replaced.
   *
   * @throws CheckpointException when the disk refuses
   */
  public Written write(Checkpoint checkpoint) {
    Path target = directory.resolve(name(checkpoint.position().version()));
    Path temporary = directory.resolve("." + target.getFileName() + ".tmp");
    try {
      Files.createDirectories(directory);
      delete(temporary);
      Files.createDirectory(temporary);
      long bytes = CheckpointFiles.write(temporary, checkpoint);
      if (Files.exists(target)) {
        Path old = directory.resolve("." + target.getFileName() + ".old");
        delete(old);
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      }
      force(directory);
      for (Path replaced : replaced()) {
        delete(replaced);
      }
      List<Path> all = list();
      for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
        delete(old);
      }
      return new Written(target, bytes);
    } catch (IOException e) {
      throw new CheckpointException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  /**
   * The newest whole checkpoint. Empty when there is none at all. A run that was killed while it
   * replaced a checkpoint has left the one replaced under a hidden name; it is read there.
   *
   * @throws CheckpointException when there are some and every one is damaged
   */
  public Optional<Found> newest() {
    List<Path> all = new ArrayList<>(list());
    for (Path replaced : replaced()) {
      if (!all.contains(directory.resolve(properName(replaced)))) {
        all.add(replaced);
      }
    }
    all.sort(Comparator.comparing(Checkpoints::properName).reversed());
    List<String> damaged = new ArrayList<>();
    for (Path candidate : all) {
      try {
        return Optional.of(new Found(candidate, CheckpointFiles.read(candidate), damaged));
      } catch (IOException | RuntimeException e) {
        damaged.add(candidate.getFileName() + ": " + e.getMessage());
      }
    }
    if (!damaged.isEmpty()) {
      throw new CheckpointException("every checkpoint is damaged: " + String.join("; ", damaged));
    }
    return Optional.empty();
  }

  /** Removes checkpoints of versions above {@code version}: a resume has passed over them. */
  public void removeAbove(long version) {
    try {
      for (Path path : list()) {
        if (path.getFileName().toString().compareTo(name(version)) > 0) {
          delete(path);
        }
      }
    } catch (IOException e) {
      throw new CheckpointException("cannot remove a damaged checkpoint: " + e.getMessage(), e);
    }
  }

  /** The directories of all checkpoints, oldest first; their contents are not looked at. */
  public List<Path> list() {
    return listed("v\\d{6,}");
  }

  /** Checkpoints that were being replaced. */
  private List<Path> replaced() {
    return listed("\\.v\\d{6,}\\.old");
  }

  private static String properName(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") ? name.substring(1, name.length() - ".old".length()) : name;
  }

  private List<Path> listed(String names) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(p -> p.getFileName().toString().matches(names)).sorted().toList();
    } catch (IOException e) {
      throw new CheckpointException("cannot list " + directory + ": " + e.getMessage(), e);
    }
  }

  private static String name(long version) {
    return String.format(Locale.ROOT, "v%06d", version);
  }

  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path p : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }
}
