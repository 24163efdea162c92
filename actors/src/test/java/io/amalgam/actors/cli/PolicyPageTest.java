package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.decode.LoadedPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of docs/policy.md run in jshell, one after the other. */
class PolicyPageTest {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("amalgam.repository", "..")).toAbsolutePath();

  /** What jshell imports by itself. */
  private static final List<String> JSHELL_IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.nio.file.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*");

  @TempDir Path dir;

  @Test
  void everyBlockRuns() throws IOException {
    List<String> blocks = blocks();
    PrintStream out = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    int snippets = 0;
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
      for (String name : JSHELL_IMPORTS) {
        run(shell, "import " + name + ";");
      }
      for (String block : blocks) {
        snippets += run(shell, block);
      }
    } finally {
      System.setOut(out);
    }
    String printed = captured.toString(StandardCharsets.UTF_8);
    out.println("docs/policy.md: " + blocks.size() + " blocks, " + snippets + " snippets run");
    assertThat(blocks).hasSizeGreaterThan(9);
    assertThat(printed)
        .containsPattern("right -[\\d.]+ nats, wrong -[\\d.]+ nats")
        .contains("loss ");
    try (LoadedPolicy exported = LoadedPolicy.open(dir.resolve("trained"))) {
      assertThat(exported.config().vocabSize()).isPositive();
    }
  }

  /** Line by line, as jshell reads: what is complete at the end of a line is run. */
  private static int run(JShell shell, String block) {
    int count = 0;
    StringBuilder entered = new StringBuilder();
    for (String line : block.lines().toList()) {
      entered.append(line).append('\n');
      SourceCodeAnalysis.CompletionInfo next =
          shell.sourceCodeAnalysis().analyzeCompletion(entered.toString());
      if (next.completeness().isComplete()) {
        evaluate(shell, next.source());
        assertThat(next.remaining()).as("a second statement on the line of the first").isBlank();
        entered.setLength(0);
        count++;
      }
    }
    assertThat(entered.toString()).as("what is not complete at the end of its block").isBlank();
    return count;
  }

  private static void evaluate(JShell shell, String source) {
    for (SnippetEvent event : shell.eval(source)) {
      List<String> problems = new ArrayList<>();
      shell.diagnostics(event.snippet()).forEach(d -> problems.add(d.getMessage(null)));
      assertThat(problems).as(source).isEmpty();
      assertThat(event.exception()).as(source).isNull();
      assertThat(event.status()).as(source).isEqualTo(Snippet.Status.VALID);
    }
  }

  /** The blocks with the paths of this machine for those of the page. */
  private List<String> blocks() throws IOException {
    String page = Files.readString(REPOSITORY.resolve("docs/policy.md"));
    List<String> out = new ArrayList<>();
    Matcher block = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(page);
    while (block.find()) {
      out.add(
          block
              .group(1)
              .replace("\"models/seedling\"", quoted(REPOSITORY.resolve("models/seedling")))
              .replace("\"trained\"", quoted(dir.resolve("trained"))));
    }
    return out;
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\") + '"';
  }
}
