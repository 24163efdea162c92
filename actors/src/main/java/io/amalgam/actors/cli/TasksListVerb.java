package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.level.Curriculum;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskDescription;
import io.amalgam.verifiers.task.TaskField;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tasks list}: every task with its category, its fields and what is exact. */
@Command(name = "list", description = "All tasks with category, fields and defaults.")
final class TasksListVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private TaskSource source = new TaskSource();

  @Option(names = "--json", description = "One JSON object per task.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TaskCatalog catalog = source.catalog();
    int width = catalog.names().stream().mapToInt(String::length).max().orElse(1);
    for (String name : catalog.names()) {
      TaskDescription d = catalog.describe(name);
      if (json) {
        out.println(row(d));
      } else {
        out.printf(
            Locale.ROOT,
            "%-" + width + "s  %-12s %s%n%s  %s%n",
            d.name(),
            d.category(),
            d.fields().stream()
                .map(f -> f.name() + "=" + f.defaultValue())
                .collect(Collectors.joining(" ")),
            " ".repeat(width),
            exactness(d));
      }
    }
    out.flush();
    return ExitCode.DONE.code();
  }

  private static String exactness(TaskDescription d) {
    return d.exactness() + (d.isolated() ? "; judged in a process of its own" : "");
  }

  private static ObjectNode row(TaskDescription d) {
    ObjectNode row =
        new ObjectMapper()
            .createObjectNode()
            .put("name", d.name())
            .put("category", d.category())
            .put("fidelity", d.fidelity().name().toLowerCase(Locale.ROOT))
            .put("exactness", d.exactness())
            .put("isolated", d.isolated())
            .put("levels", Curriculum.of(d.name()).map(Curriculum::depth).orElse(0));
    ObjectNode fields = row.putObject("fields");
    for (TaskField f : d.fields()) {
      fields
          .putObject(f.name())
          .put("type", f.type().name().toLowerCase(Locale.ROOT))
          .set("default", f.defaultValue());
    }
    return row;
  }
}
