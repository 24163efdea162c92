package io.amalgam.actors.cli;

import io.amalgam.policy.text.TokenizeLines;
import io.amalgam.policy.text.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code model tokenize}: text to ids and back. */
@Command(
    name = "tokenize",
    description = "Text to ids and back: reads {\"text\": …} or {\"ids\": […]}, gives the other.")
final class ModelTokenizeVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private InputOption input = new InputOption();

  @Override
  public Integer call() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(model.require());
        BufferedReader in = input.open()) {
      TokenizeLines lines = new TokenizeLines(tokenizer);
      JsonLines.answer(in, spec.commandLine().getOut(), lines::convert);
    }
    return ExitCode.DONE.code();
  }
}
