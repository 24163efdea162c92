package io.amalgam.actors.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tasks}: the index of the task verbs. */
@Command(
    name = "tasks",
    description = "The task catalogue: list, show, generate problems, score answers.",
    subcommands = {
      TasksListVerb.class,
      TasksShowVerb.class,
      TasksGenerateVerb.class,
      TasksScoreVerb.class
    })
final class TasksVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
