package io.amalgam.actors.cli;

import io.amalgam.actors.settings.ModelLocation;
import io.amalgam.policy.hub.HubSettings;
import io.amalgam.policy.hub.ModelHub;
import io.amalgam.policy.hub.ModelName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names a model. */
final class ModelPath {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = {
        "Hugging Face directory, name on the hub (ORGANISATION/NAME or",
        "ORGANISATION/NAME@REVISION), or seedling for the model inside Amalgam, the default."
      })
  private String model = ModelLocation.SEEDLING;

  Path require() {
    return require(model, spec.commandLine().getErr());
  }

  /**
   * The directory behind a model path, fetched from the hub when it is a name that the cache lacks;
   * ends with exit code 3 when there is none.
   *
   * @param err where the progress of a download is shown
   */
  static Path require(String model, PrintWriter err) {
    Optional<ModelName> name = ModelLocation.name(model);
    if (name.isPresent()) {
      return fetch(ModelLocation.hub(), name.get(), err);
    }
    Path path = ModelLocation.resolve(model);
    if (!Files.isDirectory(path)) {
      throw UserError.missing(
          "there is no model directory " + path,
          "give a Hugging Face directory with config.json, tokenizer.json and *.safetensors, a"
              + " name such as Qwen/Qwen2.5-0.5B-Instruct, or seedling");
    }
    return path;
  }

  /** The directory of a model by name, with the progress of a download. */
  private static Path fetch(HubSettings hub, ModelName name, PrintWriter err) {
    FetchProgress progress = new FetchProgress(err, Console.isTerminal(), Console.width());
    try {
      return new ModelHub(hub).fetch(name, progress);
    } finally {
      progress.close();
    }
  }
}
