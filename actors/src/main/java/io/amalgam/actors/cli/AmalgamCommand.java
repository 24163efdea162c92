package io.amalgam.actors.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code amalgam}: the index of the verbs. */
@Command(
    name = "amalgam",
    version = "amalgam 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    sortOptions = false,
    description =
        "Asynchronous reinforcement learning for language models that think in mixtures of tokens.",
    footer = {"", "Start with: ./amalgam run-local", "Every setting: docs/configuration.md"},
    subcommands = {
      RunLocalVerb.class,
      RunVerb.class,
      ResumeVerb.class,
      EvalVerb.class,
      SampleVerb.class,
      TasksVerb.class,
      ModelVerb.class,
      ExportVerb.class,
      LedgerVerb.class,
      StatusVerb.class,
      WhyWaitingVerb.class,
      BenchVerb.class,
      ValidateVerb.class
    })
final class AmalgamCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The ready command line, writing to the given streams. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    ErrorLine errors = new ErrorLine();
    CommandLine command = new CommandLine(new AmalgamCommand());
    withoutFooter(command);
    return command
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setUnmatchedOptionsArePositionalParams(false)
        .setUsageHelpAutoWidth(true);
  }

  /** The footer is for the index of verbs, not for every verb. */
  private static void withoutFooter(CommandLine command) {
    for (CommandLine verb : command.getSubcommands().values()) {
      verb.getCommandSpec().usageMessage().footer("");
      withoutFooter(verb);
    }
  }
}
