package io.amalgam.actors.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run-local}: a whole run in this JVM. */
@Command(
    name = "run-local",
    description = "Train on this machine; the default recipe when none is given.")
final class RunLocalVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "Run directory to make; must not exist. Default: a dated one under runs/.")
  private Optional<Path> runDir = Optional.empty();

  @Option(names = "--json", description = "Print the closing summary as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return new RunSession(spec.commandLine(), config.load(), Set.of(), json).start(runDir);
  }
}
