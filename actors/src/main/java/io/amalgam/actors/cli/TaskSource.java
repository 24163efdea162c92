package io.amalgam.actors.cli;

import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskData;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which tasks there are, what they draw from and how forgiving they are. */
final class TaskSource {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Texts and word lists instead of those inside Amalgam.")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--cascade",
      description = "Accept answers that differ from the reference in notation alone.")
  private boolean cascade;

  /** The tasks of the system and of the class path. */
  TaskCatalog catalog() {
    TaskCatalog all = TaskCatalog.installed();
    TaskCatalog fed = directory.map(d -> all.withData(TaskData.in(d))).orElse(all);
    return cascade ? fed.cascading() : fed;
  }

  Optional<Path> directory() {
    return directory;
  }

  boolean cascade() {
    return cascade;
  }
}
