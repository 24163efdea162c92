package io.amalgam.verifiers.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.Verdict;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The main class of a scoring process: says it is ready, then judges one answer per line of
 * standard input until that ends.
 */
public final class ScoringProcess {
  static final String READY = "{\"ready\":true}";

  private final TaskCatalog catalog;
  private final Map<String, Task> tasks = new HashMap<>();

  private ScoringProcess(TaskCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Runs the process.
   *
   * @param arguments "cascade" or "plain", then the data directory if there is one
   */
  public static void main(String[] arguments) throws IOException {
    TaskCatalog catalog = TaskCatalog.installed();
    if (arguments.length > 1) {
      catalog = catalog.withData(TaskData.in(Path.of(arguments[1])));
    }
    if (arguments[0].equals("cascade")) {
      catalog = catalog.cascading();
    }
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
    // what a scorer prints must not be taken for a verdict
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    ScoringProcess process = new ScoringProcess(catalog);
    say(out, READY);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      say(out, ScoringMessage.reply(process.judged(line)));
    }
  }

  private static void say(PrintStream out, String line) {
    out.print(line + "\n");
    out.flush();
  }

  private Verdict judged(String line) {
    try {
      JsonNode request = ScoringMessage.JSON.readTree(line);
      String name = request.get("task").textValue();
      Task task =
          tasks.computeIfAbsent(
              name + request.get("config"),
              key -> catalog.create(name, (ObjectNode) request.get("config"), BigInteger.ZERO, 1));
      return task.judge(
          ScoringMessage.problem(name, request.get("problem")),
          Optional.ofNullable(request.get("answer").textValue()));
    } catch (IOException | RuntimeException e) {
      return new Verdict.Crashed(e.toString());
    }
  }
}
