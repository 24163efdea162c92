package io.amalgam.actors.cli;

import io.amalgam.verifiers.sandbox.ChildJudge;
import io.amalgam.verifiers.sandbox.Judge;
import io.amalgam.verifiers.sandbox.RoutedJudge;
import io.amalgam.verifiers.sandbox.ThreadJudge;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskJsonLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tasks score}: scores of candidate answers, JSON lines in and out, streaming. */
@Command(
    name = "score",
    description = {
      "Scores of candidate answers, line by line.",
      "Reads {\"task\", \"config\", \"seed\", \"size\", \"index\", \"candidates\": [text or null]}."
    })
final class TasksScoreVerb implements Callable<Integer> {
  private static final int HEAP_MEGABYTES = 256;

  @Spec private CommandSpec spec;
  @Mixin private InputOption input = new InputOption();
  @Mixin private TaskSource source = new TaskSource();

  @Option(
      names = "--timeout-ms",
      description = "Longest time for one candidate, in milliseconds. Default: ${DEFAULT-VALUE}.")
  private long timeoutMillis = 5000;

  @Override
  public Integer call() throws IOException {
    if (timeoutMillis < 1) {
      throw UserError.usage("--timeout-ms " + timeoutMillis + " is not above 0", "give at least 1");
    }
    TaskCatalog catalog = source.catalog();
    Duration limit = Duration.ofMillis(timeoutMillis);
    try (BufferedReader in = input.open();
        Judge judge = judge(catalog)) {
      new TaskJsonLines(
              catalog,
              (task, problem, answer) ->
                  judge.judge(task, problem, answer, limit).toCompletableFuture().join())
          .score(in, spec.commandLine().getOut());
    }
    return ExitCode.DONE.code();
  }

  private Judge judge(TaskCatalog catalog) {
    Set<String> apart =
        catalog.names().stream()
            .filter(name -> catalog.describe(name).isolated())
            .collect(Collectors.toSet());
    return new RoutedJudge(
        apart,
        new ChildJudge(
            new ChildJudge.Settings(1, HEAP_MEGABYTES, source.cascade(), source.directory())),
        new ThreadJudge());
  }
}
