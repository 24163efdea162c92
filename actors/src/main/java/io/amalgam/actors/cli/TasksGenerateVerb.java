package io.amalgam.actors.cli;

import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskJsonLines;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tasks generate}: problems of a task as JSON lines. */
@Command(name = "generate", description = "Problems of a task as JSON lines.")
final class TasksGenerateVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TaskChoice choice = new TaskChoice();

  @Option(
      names = "--size",
      description = "Number of problems of the data set. Default: ${DEFAULT-VALUE}.")
  private int size = 10;

  @Option(names = "--first", description = "Index of the first problem that is printed.")
  private int first;

  @Override
  public Integer call() throws IOException {
    if (size < 1 || first < 0 || first >= size) {
      throw UserError.usage(
          "--size " + size + " --first " + first + " leaves no problem",
          "give a size of at least 1 and a first index below it");
    }
    Task task = choice.create(size);
    new TaskJsonLines(TaskCatalog.installed())
        .generate(task, first, size - first, spec.commandLine().getOut());
    return ExitCode.DONE.code();
  }
}
