package io.amalgam.actors.cli;

import io.amalgam.actors.learner.CheckpointException;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.policy.hub.HubException;
import io.amalgam.policy.mixture.MixtureConfigurationException;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.text.TokenizerException;
import io.amalgam.verifiers.task.NearestName;
import io.amalgam.verifiers.task.ProblemGenerationException;
import io.amalgam.verifiers.task.TaskConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says every failure in one line {@code amalgam: cause – remedy} on standard error and picks the
 * exit code. Only an error that is ours, not the user's, shows a stack trace.
 */
final class ErrorLine implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(command, usage(e, command));
    return ExitCode.USAGE.code();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof ParameterException) {
      return handleParseException((ParameterException) e, new String[0]);
    }
    if (e instanceof SettingsException) {
      say(command, oneLine(e));
      return ExitCode.USAGE.code();
    }
    if (e instanceof TaskConfigurationException || e instanceof ProblemGenerationException) {
      say(command, oneLine(SettingsException.ofSentence(oneLine(e))));
      return ExitCode.USAGE.code();
    }
    if (e instanceof ModelFormatException || e instanceof TokenizerException) {
      String line = oneLine(e);
      String remedy = " – give a whole Hugging Face directory of a supported model";
      say(command, line.contains(" – ") ? line : line + remedy);
      return ExitCode.USAGE.code();
    }
    if (e instanceof HubException) {
      say(command, oneLine(e));
      return ExitCode.MISSING.code();
    }
    if (e instanceof MixtureConfigurationException) {
      say(command, oneLine(e).replaceFirst(": ", " – "));
      return ExitCode.USAGE.code();
    }
    if (e instanceof UserError) {
      say(command, oneLine(e));
      return ((UserError) e).exit().code();
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      say(
          command,
          "failed: "
              + e.getClass().getSimpleName()
              + ": "
              + oneLine(e)
              + " – check disk, permissions and ports");
      return ExitCode.FAILED.code();
    }
    if (e instanceof CheckpointException) {
      say(command, oneLine(e) + " – check disk and permissions, or restore a checkpoint");
      return ExitCode.FAILED.code();
    }
    say(command, "failed: " + oneLine(e) + " – this is a fault of Amalgam; the trace follows");
    e.printStackTrace(command.getErr());
    command.getErr().flush();
    return ExitCode.FAILED.code();
  }

  static String oneLine(Throwable e) {
    String message = e.getMessage();
    return (message == null ? e.getClass().getSimpleName() : message)
        .strip()
        .replaceAll("\\s*\\R\\s*", " ");
  }

  private static void say(CommandLine command, String text) {
    PrintWriter err = command.getErr();
    err.println("amalgam: " + text);
    err.flush();
  }

  private static String usage(ParameterException e, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    String help = "see " + name + " --help";
    if (e instanceof UnmatchedArgumentException) {
      List<String> unmatched = ((UnmatchedArgumentException) e).getUnmatched();
      String first = unmatched.isEmpty() ? "" : unmatched.get(0);
      if (first.startsWith("-")) {
        List<String> options = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
        return "unknown option " + first + " of " + name + " – " + suggestion(first, options, help);
      }
      List<String> verbs = new ArrayList<>(command.getSubcommands().keySet());
      if (!verbs.isEmpty()) {
        return "unknown verb \""
            + first
            + "\" – "
            + suggestion(first, verbs, "verbs are: " + String.join(", ", verbs));
      }
      return "unexpected argument \"" + first + "\" of " + name + " – " + help;
    }
    if (e instanceof MissingParameterException) {
      return oneLine(e).replaceFirst("^Missing", "missing") + " – " + help;
    }
    String message = oneLine(e);
    return message.contains(" – ") ? message : message + " – " + help;
  }

  private static String suggestion(String given, List<String> known, String otherwise) {
    return NearestName.nearest(given, known).map(n -> "did you mean " + n + "?").orElse(otherwise);
  }
}
