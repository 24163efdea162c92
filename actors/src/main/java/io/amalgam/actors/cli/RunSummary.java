package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.actors.evaluation.EvaluationResult;
import io.amalgam.actors.metrics.AccuracyTable;
import io.amalgam.actors.metrics.RecordedRun;
import io.amalgam.actors.metrics.RewardPlot;
import io.amalgam.actors.metrics.RunHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said at the end of a run: how it went, what it gained, and what to try next. */
record RunSummary(
    Path runDir,
    RunOutcome outcome,
    List<EvaluationResult> before,
    List<EvaluationResult> after,
    RunHistory history) {

  void print(PrintWriter out, PrintWriter err, boolean json) throws IOException {
    Optional<Path> plot = plot();
    if (json) {
      out.println(json(plot));
    } else {
      text(out, plot);
    }
    out.flush();
    if (outcome.ending() == RunOutcome.Ending.FAILED) {
      err.println(
          "amalgam: the run failed: "
              + outcome.reason()
              + " – see "
              + runDir.resolve("logs").resolve("amalgam.log"));
      err.flush();
    }
  }

  private void text(PrintWriter out, Optional<Path> plot) {
    out.println();
    if (!after.isEmpty()) {
      out.print(AccuracyTable.of(before, after));
      out.println();
    }
    out.printf(
        Locale.ROOT,
        "%s after %d steps, version %d%s%n",
        ending(),
        outcome.steps(),
        outcome.version(),
        throughput());
    if (outcome.ending() == RunOutcome.Ending.DONE && !outcome.reason().isEmpty()) {
      out.println(outcome.reason());
    }
    out.println("run directory  " + runDir);
    plot.ifPresent(p -> out.println("reward plot    " + p));
    outcome.checkpoint().ifPresent(c -> out.println("checkpoint     " + c));
    out.println("next           " + next());
  }

  private String ending() {
    return outcome.ending().name().toLowerCase(Locale.ROOT);
  }

  private String next() {
    return switch (outcome.ending()) {
      case DONE -> "./amalgam sample " + runDir;
      case INTERRUPTED -> "./amalgam resume " + runDir;
      case FAILED ->
          outcome.checkpoint().isPresent()
              ? "./amalgam resume " + runDir
              : "./amalgam ledger " + runDir;
    };
  }

  private String throughput() {
    List<RunEvent.StepCompleted> steps = history.steps();
    double seconds = steps.stream().mapToDouble(s -> s.timing().stepS()).sum();
    if (seconds <= 0) {
      return "";
    }
    long generated = steps.stream().mapToLong(s -> s.batch().tokensGenerated()).sum();
    long trained = steps.stream().mapToLong(s -> s.batch().tokensTrained()).sum();
    return String.format(
        Locale.ROOT,
        "; %.0f tokens/s generated, %.0f tokens/s trained",
        generated / seconds,
        trained / seconds);
  }

  private Optional<Path> plot() throws IOException {
    List<RecordedRun.Step> steps = RecordedRun.read(runDir).steps();
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Path file = Files.createDirectories(runDir.resolve("report")).resolve("reward.png");
    RewardPlot.write(steps, file);
    return Optional.of(file);
  }

  private ObjectNode json(Optional<Path> plot) {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("ending", ending())
            .put("steps", outcome.steps())
            .put("version", outcome.version())
            .put("reason", outcome.reason())
            .put("run_dir", runDir.toString());
    plot.ifPresent(p -> node.put("plot", p.toString()));
    outcome.checkpoint().ifPresent(c -> node.put("checkpoint", c.toString()));
    add(node.putArray("before"), before);
    add(node.putArray("after"), after);
    return node;
  }

  private static void add(ArrayNode list, List<EvaluationResult> results) {
    results.forEach(r -> list.add(EvaluationJson.of(r)));
  }
}
