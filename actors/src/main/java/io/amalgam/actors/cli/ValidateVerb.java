package io.amalgam.actors.cli;

import com.typesafe.config.ConfigRenderOptions;
import io.amalgam.actors.settings.ResolvedSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code validate}: resolves and checks the configuration, prints it, starts nothing. */
@Command(
    name = "validate",
    description = "Resolve and check the configuration and print it; start nothing.")
final class ValidateVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "Print JSON instead of HOCON.")
  private boolean json;

  @Override
  public Integer call() {
    ResolvedSettings resolved = config.load();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(resolved.keys().root().render(ConfigRenderOptions.concise()));
    } else {
      out.print(resolved.render());
    }
    out.flush();
    return ExitCode.DONE.code();
  }
}
