package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why-waiting}: who waits for whom in a running run, and since when. */
@Command(name = "why-waiting", description = "Who waits for whom in a running run, since when.")
final class WhyWaitingVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "Directory of a running run.")
  private Path runDir = Path.of("");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    String page = RunPages.require(runDir).get("/why-waiting");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(page);
      return ExitCode.DONE.code();
    }
    JsonNode waits = new ObjectMapper().readTree(page);
    if (waits.isEmpty()) {
      out.println("nobody waits");
    }
    for (JsonNode w : waits) {
      out.printf(
          Locale.ROOT,
          "%s waits for %s (%s) since %.1f s%s%n",
          w.path("waiter").asText(),
          w.path("owner").asText(),
          w.path("what").asText(),
          w.path("since_s").asDouble(),
          w.has("gives_up_in_s")
              ? String.format(
                  Locale.ROOT, ", gives up in %.1f s", w.get("gives_up_in_s").asDouble())
              : "");
    }
    return ExitCode.DONE.code();
  }
}
