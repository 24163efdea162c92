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

/** {@code status}: where a run that is going on stands. */
@Command(name = "status", description = "Where a running run stands.")
final class StatusVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "Directory of a running run.")
  private Path runDir = Path.of("");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    String page = RunPages.require(runDir).get("/status");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(page);
    } else {
      JsonNode status = new ObjectMapper().readTree(page);
      status
          .properties()
          .forEach(
              e ->
                  out.printf(
                      Locale.ROOT,
                      "%-22s %s%n",
                      e.getKey(),
                      e.getValue().isTextual() ? e.getValue().asText() : e.getValue()));
    }
    return ExitCode.DONE.code();
  }
}
