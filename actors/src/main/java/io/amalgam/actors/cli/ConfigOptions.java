package io.amalgam.actors.cli;

import io.amalgam.actors.settings.ResolvedSettings;
import io.amalgam.actors.settings.SettingsLoader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every verb that needs a configuration. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration file (HOCON); may be repeated, later files win. Default: the default"
              + " recipe.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key; may be repeated, wins over files.")
  private List<String> assignments = new ArrayList<>();

  ResolvedSettings load() {
    return SettingsLoader.load(files, assignments);
  }

  /** The same options with further assignments behind the ones given. */
  ConfigOptions with(List<String> more) {
    ConfigOptions all = new ConfigOptions();
    all.files.addAll(files);
    all.assignments.addAll(assignments);
    all.assignments.addAll(more);
    return all;
  }

  List<String> files() {
    return files;
  }

  List<String> assignments() {
    return assignments;
  }
}
