package io.amalgam.actors.cli;

import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.PeftDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: the newest checkpoint of a run as a Hugging Face or peft directory. */
@Command(
    name = "export",
    description = {
      "Write a run's newest checkpoint as a directory that transformers loads.",
      "Of a run with learner.lora that is the model with the adapter merged, or with --adapter the"
          + " adapter alone, as a directory that peft loads."
    })
final class ExportVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "Run directory.")
  private Path runDir = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Directory to make; must not exist. Default: RUN_DIR/export/vVERSION, for an adapter"
              + " RUN_DIR/export/vVERSION-adapter.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--adapter", description = "The adapter alone instead of the merged model.")
  private boolean adapterAlone;

  @Override
  public Integer call() {
    if (out.isPresent() && Files.exists(out.get())) {
      throw UserError.usage(out.get() + " exists already", "give a directory that does not exist");
    }
    try (TrainedPolicy trained =
        TrainedPolicy.open(Optional.of(runDir), config, spec.commandLine().getErr())) {
      Path target =
          out.orElse(
              runDir
                  .resolve("export")
                  .resolve(
                      String.format(java.util.Locale.ROOT, "v%06d", trained.version())
                          + (adapterAlone ? "-adapter" : "")));
      if (Files.exists(target)) {
        throw UserError.usage(target + " exists already", "give another directory with --out");
      }
      if (adapterAlone) {
        saveAdapter(trained, target);
      } else {
        HuggingFaceDirectory.save(
            target,
            trained.policy().config(),
            trained.weights(),
            trained.policy().endIds(),
            Optional.of(trained.policy().path()));
      }
      spec.commandLine().getOut().println(target);
    }
    return ExitCode.DONE.code();
  }

  private void saveAdapter(TrainedPolicy trained, Path target) {
    LoraAdapter adapter =
        trained
            .adapter()
            .orElseThrow(
                () ->
                    UserError.usage(
                        runDir + " has trained the whole model, not an adapter",
                        "leave --adapter out"));
    PeftDirectory.save(target, adapter, base(trained));
  }

  /**
   * A name stays a name, so that the adapter can be used elsewhere; a directory becomes absolute.
   */
  private static String base(TrainedPolicy trained) {
    String path = trained.resolved().settings().model().path();
    boolean named = path.contains("/") && !Files.exists(Path.of(path));
    return named ? path : trained.policy().path().toAbsolutePath().toString();
  }
}
