package io.amalgam.actors.cli;

import io.amalgam.actors.learner.CheckpointException;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.settings.ResolvedSettings;
import io.amalgam.actors.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: goes on from the newest whole checkpoint of a run directory. */
@Command(name = "resume", description = "Go on from the newest checkpoint of a run directory.")
final class ResumeVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "Run directory.")
  private Path runDir = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes one key, for example run.minutes=20; may be repeated.")
  private List<String> assignments = new ArrayList<>();

  @Option(names = "--json", description = "Print the closing summary as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    RunDirectory.requireRun(runDir);
    requireCheckpoint(runDir);
    ResolvedSettings resolved =
        SettingsLoader.load(List.of(runDir.resolve(RunDirectory.CONFIG).toString()), assignments);
    return new RunSession(spec.commandLine(), resolved, Set.of(), json).resume(runDir);
  }

  /** Exit code 3 when there is nothing to resume; code 2 when the run is still going on. */
  static void requireCheckpoint(Path runDir) throws IOException {
    RunDirectory.requireRun(runDir);
    if (RunPages.of(runDir).isPresent()) {
      throw UserError.usage(
          "the run in " + runDir + " is still going on", "stop it first, or wait for its end");
    }
    try {
      if (new Checkpoints(runDir, 1).newest().isEmpty()) {
        throw UserError.missing(
            runDir + " has no checkpoint", "start a new run; this one ended before its first");
      }
    } catch (CheckpointException e) {
      throw UserError.missing(
          runDir + ": " + ErrorLine.oneLine(e), "start a new run, or restore a checkpoint");
    }
  }
}
