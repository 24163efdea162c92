package io.amalgam.actors.cli;

import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskJsonLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tasks score}: scores of candidate answers, JSON lines in and out, streaming. */
@Command(
    name = "score",
    description = {
      "Scores of candidate answers, line by line.",
      "Reads {\"task\", \"config\", \"seed\", \"size\", \"index\", \"candidates\": [text or null]}."
    })
final class TasksScoreVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputOption input = new InputOption();

  @Override
  public Integer call() throws IOException {
    try (BufferedReader in = input.open()) {
      new TaskJsonLines(TaskCatalog.standard()).score(in, spec.commandLine().getOut());
    }
    return ExitCode.DONE.code();
  }
}
