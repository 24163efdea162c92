package io.amalgam.actors.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This program once more, as a process of its own, with the settings that this one got. */
final class JvmCommand {
  /** Agents and debuggers are for one process. */
  private static final List<String> NOT_INHERITED = List.of("-javaagent", "-agent", "-Xrun");

  private final String mainClass;

  /**
   * @param mainClass the class that reads the arguments
   */
  JvmCommand(String mainClass) {
    this.mainClass = mainClass;
  }

  /** The command with these arguments. */
  Child with(Duration deadline, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (NOT_INHERITED.stream().noneMatch(flag::startsWith)) {
        command.add(flag);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return new Child(command, deadline, true);
  }
}
