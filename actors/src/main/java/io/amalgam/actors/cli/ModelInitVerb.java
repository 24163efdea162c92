package io.amalgam.actors.cli;

import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.RandomInit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model init}: a new directory with fresh weights for a given config.json. */
@Command(name = "init", description = "Make a model directory with fresh weights.")
final class ModelInitVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model-config",
      required = true,
      paramLabel = "FILE",
      description = "config.json of the model to make; tokenizer files beside it are copied.")
  private Path config = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory to make; must not exist.")
  private Path out = Path.of("");

  @Option(names = "--seed", description = "Seed of the weights. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--dtype", description = "Stored as f32 or bf16. Default: ${DEFAULT-VALUE}.")
  private String dtype = "bf16";

  @Override
  public Integer call() {
    if (!Files.isRegularFile(config)) {
      throw UserError.missing("there is no file " + config, "give the config.json of a model");
    }
    if (Files.exists(out)) {
      throw UserError.usage(out + " exists already", "give a directory that does not exist");
    }
    if (!dtype.equals("f32") && !dtype.equals("bf16")) {
      throw UserError.usage("--dtype " + dtype + " is unknown", "give f32 or bf16");
    }
    ModelConfig model = HuggingFaceDirectory.readConfig(config);
    ModelWeights weights = RandomInit.weights(model, seed);
    Path beside = Optional.ofNullable(config.toAbsolutePath().getParent()).orElse(Path.of("."));
    HuggingFaceDirectory.save(
        out,
        model,
        dtype.equals("f32") ? weights : PublishedValues.of(weights),
        model.eosTokens(),
        Optional.of(beside));
    spec.commandLine()
        .getOut()
        .println(
            out
                + ": "
                + model.family().architecture()
                + ", "
                + weights.parameters()
                + " parameters");
    return ExitCode.DONE.code();
  }
}
