package io.amalgam.verifiers.task;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * The texts and word lists that some tasks draw from, by the original's file names: those inside
 * Amalgam, or a directory's. A file may be compressed and then ends in {@code .gz}; what a
 * directory lacks is taken from inside. Safe for use by several threads; what is parsed is kept.
 */
public final class TaskData {
  private static final String FOLDER = "/io/amalgam/verifiers/data/";
  private static final TaskData BUNDLED = new TaskData(Optional.empty());

  private final Optional<Path> directory;
  private final Map<String, Object> parsed = new ConcurrentHashMap<>();

  private TaskData(Optional<Path> directory) {
    this.directory = directory;
  }

  /** The small corpora inside Amalgam. */
  public static TaskData bundled() {
    return BUNDLED;
  }

  /**
   * The files of a directory.
   *
   * @throws TaskConfigurationException if it is no directory
   */
  public static TaskData in(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new TaskConfigurationException(
          "data directory "
              + directory
              + " does not exist; give one that holds word lists and texts");
    }
    return new TaskData(Optional.of(directory));
  }

  /** Whether a file comes from the directory rather than from inside Amalgam. */
  public boolean isFromDirectory(String file) {
    return directory
        .filter(d -> Files.exists(d.resolve(file)) || Files.exists(d.resolve(file + ".gz")))
        .isPresent();
  }

  /** The whole text of a file, UTF-8. */
  public String text(String file) {
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file without their ends, UTF-8. */
  public List<String> lines(String file) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      return in.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was made of the data, made once.
   *
   * @param type the class of the value; one value per class is kept
   */
  public <T> T parsed(Class<T> type, Function<TaskData, T> parser) {
    return type.cast(parsed.computeIfAbsent(type.getName(), name -> parser.apply(this)));
  }

  private InputStream open(String file) throws IOException {
    if (directory.isPresent()) {
      Path plain = directory.get().resolve(file);
      if (Files.exists(plain)) {
        return Files.newInputStream(plain);
      }
      Path compressed = directory.get().resolve(file + ".gz");
      if (Files.exists(compressed)) {
        return new GZIPInputStream(Files.newInputStream(compressed));
      }
    }
    InputStream inside = TaskData.class.getResourceAsStream(FOLDER + file);
    if (inside != null) {
      return inside;
    }
    InputStream packed = TaskData.class.getResourceAsStream(FOLDER + file + ".gz");
    if (packed == null) {
      throw new TaskConfigurationException(
          "no data file " + file + "; put one into the folder that tasks.data-dir names");
    }
    return new GZIPInputStream(packed);
  }
}
