package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.bench.OriginalTasks;
import io.amalgam.verifiers.bench.TaskBenchmark;
import io.amalgam.verifiers.bench.TaskComparison;
import io.amalgam.verifiers.bench.TaskSpeed;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench tasks}: problems and answers per second of each task, beside the original's. */
@Command(
    name = "tasks",
    description = "Measure problems generated and answers scored per second, in one thread.")
final class BenchTasksVerb implements Callable<Integer> {
  private static final double LONGEST_SECONDS = 3600;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Tasks to measure. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--seconds",
      description =
          "Processor time each figure is measured for, after a warm-up that is as long, and a"
              + " second at least before the first figures of a task. Default: ${DEFAULT-VALUE}.")
  private double seconds = 0.2;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "Python with reasoning_gym: measure the original beside, task by task.")
  private Optional<String> python = Optional.empty();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Word lists and texts, such as the original's. Default: those inside.")
  private Optional<Path> dataDir = Optional.empty();

  @Option(names = "--json", description = "One JSON object per task.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw UserError.usage(
          "--seconds " + seconds + " cannot be measured",
          "give more than 0 and at most " + (int) LONGEST_SECONDS);
    }
    TaskCatalog catalog = TaskCatalog.standard();
    if (dataDir.isPresent()) {
      catalog = catalog.withData(TaskData.in(dataDir.get()));
    }
    // refused before anything is measured
    names.forEach(catalog::describe);
    List<String> tasks = names.isEmpty() ? List.copyOf(catalog.names()) : names;
    TaskBenchmark bench = new TaskBenchmark(catalog, seconds);
    if (python.isEmpty()) {
      alone(bench, tasks);
    } else {
      try (OriginalTasks original = OriginalTasks.start(python.get(), seconds)) {
        beside(original, bench, tasks);
      } catch (OriginalTasks.Missing e) {
        throw UserError.usage(
            "the original cannot be measured: " + e.getMessage(),
            "give --python the path of a Python that has the package reasoning_gym");
      }
    }
    return ExitCode.DONE.code();
  }

  private void alone(TaskBenchmark bench, List<String> tasks) {
    line("%-" + width(tasks) + "s %12s %12s", "task", "problems/s", "answers/s");
    for (String task : tasks) {
      TaskSpeed ours = bench.measure(task);
      if (json) {
        print(row(new TaskComparison(task, ours, Optional.empty())).toString());
      } else {
        line("%-" + width(tasks) + "s %12.0f %12.0f", task, ours.problems(), ours.answers());
      }
    }
  }

  /** Ours, the original, ours again: a machine that gets slower meanwhile is no advantage. */
  private void beside(OriginalTasks original, TaskBenchmark bench, List<String> tasks)
      throws OriginalTasks.Missing, InterruptedException {
    line("beside reasoning_gym %s, %s s each", original.version(), seconds);
    String form = "%-" + width(tasks) + "s %12s %12s %8s %12s %12s %8s";
    line(form, "task", "problems/s", "original", "ratio", "answers/s", "original", "ratio");
    List<TaskComparison> all = new ArrayList<>();
    for (String task : tasks) {
      TaskSpeed first = bench.measure(task);
      Optional<TaskSpeed> theirs = original.measure(task);
      TaskComparison c = new TaskComparison(task, first.middle(bench.measure(task)), theirs);
      all.add(c);
      if (json) {
        print(row(c).toString());
      } else {
        line(
            form,
            task,
            figure(OptionalDouble.of(c.ours().problems())),
            figure(original(c, TaskSpeed::problems)),
            ratio(c.problemRatio()),
            figure(OptionalDouble.of(c.ours().answers())),
            figure(original(c, TaskSpeed::answers)),
            ratio(c.answerRatio()));
      }
    }
    line(
        "median ratio: problems %s, answers %s",
        ratio(TaskComparison.median(all, TaskComparison::problemRatio)),
        ratio(TaskComparison.median(all, TaskComparison::answerRatio)));
    line("slower than the original: %s", slower(all));
  }

  private static String slower(List<TaskComparison> all) {
    List<String> slower = new ArrayList<>();
    for (TaskComparison c : all) {
      c.problemRatio().stream()
          .filter(r -> r < 1)
          .forEach(r -> slower.add(c.task() + " (problems " + ratio(OptionalDouble.of(r)) + ")"));
      c.answerRatio().stream()
          .filter(r -> r < 1)
          .forEach(r -> slower.add(c.task() + " (answers " + ratio(OptionalDouble.of(r)) + ")"));
    }
    return slower.isEmpty() ? "none" : String.join(", ", slower);
  }

  private interface Figure {
    double of(TaskSpeed speed);
  }

  private static OptionalDouble original(TaskComparison c, Figure figure) {
    return c.original().stream().mapToDouble(figure::of).findFirst();
  }

  private static String figure(OptionalDouble perSecond) {
    return perSecond.isEmpty()
        ? "-"
        : String.format(
            Locale.ROOT, perSecond.getAsDouble() < 10 ? "%.2f" : "%.0f", perSecond.getAsDouble());
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isEmpty()
        ? "-"
        : String.format(
            Locale.ROOT, ratio.getAsDouble() < 10 ? "%.2f" : "%.1f", ratio.getAsDouble());
  }

  private static int width(List<String> tasks) {
    return tasks.stream().mapToInt(String::length).max().orElse(1);
  }

  private static ObjectNode row(TaskComparison c) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("task", c.task())
            .put("problems_per_s", c.ours().problems())
            .put("answers_per_s", c.ours().answers());
    c.original()
        .ifPresent(
            o ->
                row.put("original_problems_per_s", o.problems())
                    .put("original_answers_per_s", o.answers()));
    c.problemRatio().ifPresent(r -> row.put("problems_ratio", r));
    c.answerRatio().ifPresent(r -> row.put("answers_ratio", r));
    return row;
  }

  /** A line of the table; JSON output has none. */
  private void line(String form, Object... values) {
    if (!json) {
      print(String.format(Locale.ROOT, form, values));
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
