package io.amalgam.actors.cli;

import io.amalgam.policy.model.HuggingFaceDirectory;
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

/** {@code export}: the newest checkpoint of a run as a Hugging Face directory. */
@Command(
    name = "export",
    description = "Write a run's newest checkpoint as a directory that transformers loads.")
final class ExportVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "Run directory.")
  private Path runDir = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory to make; must not exist. Default: RUN_DIR/export/vVERSION.")
  private Optional<Path> out = Optional.empty();

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
                  .resolve(String.format(java.util.Locale.ROOT, "v%06d", trained.version())));
      if (Files.exists(target)) {
        throw UserError.usage(target + " exists already", "give another directory with --out");
      }
      HuggingFaceDirectory.save(
          target,
          trained.policy().config(),
          trained.weights(),
          trained.policy().endIds(),
          Optional.of(trained.policy().path()));
      spec.commandLine().getOut().println(target);
    }
    return ExitCode.DONE.code();
  }
}
