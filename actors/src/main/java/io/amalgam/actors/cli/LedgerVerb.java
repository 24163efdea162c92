package io.amalgam.actors.cli;

import io.amalgam.actors.controller.LedgerReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ledger}: what became of every group, JSON lines. */
@Command(
    name = "ledger",
    description = "What became of every group of a run, one JSON object per event.")
final class LedgerVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "Run directory.")
  private Path runDir = Path.of("");

  @Override
  public Integer call() {
    RunDirectory.requireRun(runDir);
    PrintWriter out = spec.commandLine().getOut();
    try {
      LedgerReader.lines(runDir, out::println);
    } catch (IOException e) {
      throw UserError.missing(ErrorLine.oneLine(e), "give the directory of a run that has started");
    }
    out.flush();
    return ExitCode.DONE.code();
  }
}
