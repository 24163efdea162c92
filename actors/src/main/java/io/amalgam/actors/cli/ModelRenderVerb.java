package io.amalgam.actors.cli;

import io.amalgam.policy.text.ChatTemplate;
import io.amalgam.policy.text.RenderLines;
import io.amalgam.policy.text.Tokenizer;
import io.amalgam.policy.text.jinja.JinjaException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model render}: conversations through a chat template. */
@Command(
    name = "render",
    description = {
      "Conversations through a chat template, JSON lines in and out.",
      "Reads {\"messages\": […], \"add_generation_prompt\", \"tools\", \"continue_final_message\","
          + " \"kwargs\", \"special_tokens\"}; gives {\"text\": …} or {\"error\": …}."
    })
final class ModelRenderVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private InputOption input = new InputOption();

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "Jinja file to use instead of the model's template.")
  private Optional<Path> template = Optional.empty();

  @Override
  public Integer call() throws IOException {
    ChatTemplate chosen = template.isPresent() ? ofFile(template.get()) : ofModel();
    RenderLines lines = new RenderLines(chosen);
    try (BufferedReader in = input.open()) {
      JsonLines.answer(in, spec.commandLine().getOut(), lines::render);
    }
    return ExitCode.DONE.code();
  }

  private static ChatTemplate ofFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw UserError.usage("there is no template " + file, "give an existing Jinja file");
    }
    try {
      return ChatTemplate.parse(Files.readString(file), Map.of());
    } catch (JinjaException e) {
      throw UserError.usage(file + ": " + ErrorLine.oneLine(e), "correct the template");
    }
  }

  private ChatTemplate ofModel() {
    Path directory = model.require();
    try (Tokenizer tokenizer = Tokenizer.open(directory)) {
      return ChatTemplate.of(tokenizer);
    } catch (JinjaException | IllegalArgumentException e) {
      throw UserError.usage(directory + ": " + ErrorLine.oneLine(e), "give --template FILE");
    }
  }
}
