package io.amalgam.actors.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A model in OpenVINO's format, exported by optimum when it is not there yet. */
final class OpenVinoModel {
  private static final Duration DEADLINE = Duration.ofMinutes(30);
  private static final String MODEL_FILE = "openvino_model.xml";

  private final String python;
  private final Path source;
  private final Path target;

  /**
   * @param python an interpreter whose environment has optimum with OpenVINO
   * @param source the Hugging Face directory
   * @param target where the exported model is, or is to be
   */
  OpenVinoModel(String python, Path source, Path target) {
    this.python = python;
    this.source = source;
    this.target = target.toAbsolutePath();
  }

  /** Where exports of a directory are kept; another one when its weights change. */
  static Path cached(Path source) {
    Path path = source.toAbsolutePath().normalize();
    long changed = path.resolve("model.safetensors").toFile().lastModified();
    String key = Integer.toHexString(path.hashCode()) + "-" + Long.toHexString(changed);
    return Path.of(System.getProperty("user.home"), ".cache", "amalgam", "openvino")
        .resolve(path.getFileName() + "-" + key);
  }

  /** The directory, after an export where that is needed. */
  Path ready() throws Unmeasured, InterruptedException {
    if (Files.exists(target.resolve(MODEL_FILE))) {
      return target;
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path program = Path.of(python).resolveSibling("optimum-cli");
    List<String> command =
        List.of(
            program.toString(),
            "export",
            "openvino",
            "-m",
            source.toString(),
            "--task",
            "text-generation-with-past",
            part.toString());
    try {
      Files.createDirectories(part);
      new Child(command, DEADLINE, false).run("");
      Files.move(part, target);
    } catch (IOException e) {
      throw new UncheckedIOException("the exported model cannot be kept in " + target, e);
    }
    return target;
  }
}
