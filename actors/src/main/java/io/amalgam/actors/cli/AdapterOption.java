package io.amalgam.actors.cli;

import io.amalgam.policy.model.lora.AdaptedModel;
import io.amalgam.policy.model.lora.PeftDirectory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names an adapter for the model. */
final class AdapterOption {
  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "LoRA adapter for the model, as peft or export --adapter writes it.")
  private Optional<Path> adapter = Optional.empty();

  /** The model in {@code directory}, with the adapter if one was given. */
  AdaptedModel open(Path directory) {
    if (adapter.isPresent() && !PeftDirectory.is(adapter.get())) {
      throw UserError.missing(
          adapter.get() + " holds no adapter_config.json",
          "give a directory that peft or export --adapter has written");
    }
    return AdaptedModel.open(directory, adapter);
  }
}
