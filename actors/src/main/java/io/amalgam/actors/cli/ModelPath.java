package io.amalgam.actors.cli;

import io.amalgam.actors.settings.ModelLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a model directory. */
final class ModelPath {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Hugging Face directory, or seedling for the model inside Amalgam, the default.")
  private String model = ModelLocation.SEEDLING;

  Path require() {
    return require(model);
  }

  /** The directory behind a model path; ends with exit code 3 when there is none. */
  static Path require(String model) {
    Path path = ModelLocation.resolve(model);
    if (!Files.isDirectory(path)) {
      throw UserError.missing(
          "there is no model directory " + path,
          "give a Hugging Face directory with config.json, tokenizer.json and *.safetensors, or"
              + " seedling");
    }
    return path;
  }
}
