package io.amalgam.actors.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.actors.evaluation.Accuracy;
import io.amalgam.actors.evaluation.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code metrics.jsonl} says of a run, interruptions and resumptions included.
 *
 * <p>A step that was taken again after a crash counts once, as it was taken last. A line that a
 * crash cut off is left out.
 *
 * @param steps the steps in order
 * @param before the read-outs of version 0
 */
public record RecordedRun(List<Step> steps, List<EvaluationResult> before) {

  /**
   * One step as a point of a plot.
   *
   * @param timeS training time, seconds
   * @param reward mean reward of the batch
   * @param tasks mean reward per task that had a part in the batch
   */
  public record Step(double timeS, double reward, SortedMap<String, Double> tasks) {}

  /** Reads the file of a run directory; a run without one is empty. */
  public static RecordedRun read(Path runDir) throws IOException {
    Path file = runDir.resolve("metrics.jsonl");
    SortedMap<Integer, Step> steps = new TreeMap<>();
    Map<String, EvaluationResult> before = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Optional<JsonNode> row = parse(line);
        if (row.isPresent() && row.get().path("event").asText().equals("step")) {
          steps.put(row.get().path("step").asInt(), step(row.get()));
        } else if (row.isPresent()
            && row.get().path("event").asText().equals("eval")
            && row.get().path("version").asLong() == 0) {
          before.putIfAbsent(row.get().path("mode").asText(), evaluation(row.get()));
        }
      }
    }
    return new RecordedRun(List.copyOf(steps.values()), new ArrayList<>(before.values()));
  }

  private static Optional<JsonNode> parse(String line) {
    try {
      return line.isBlank() ? Optional.empty() : Optional.of(new ObjectMapper().readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Step step(JsonNode row) {
    SortedMap<String, Double> tasks = new TreeMap<>();
    for (Map.Entry<String, JsonNode> task : row.path("tasks").properties()) {
      if (task.getValue().path("trajectories").asInt() > 0) {
        tasks.put(task.getKey(), task.getValue().path("reward_mean").asDouble());
      }
    }
    return new Step(row.path("time_s").asDouble(), row.path("reward_mean").asDouble(), tasks);
  }

  private static EvaluationResult evaluation(JsonNode row) {
    SortedMap<String, Accuracy> tasks = new TreeMap<>();
    for (Map.Entry<String, JsonNode> task : row.path("tasks").properties()) {
      tasks.put(task.getKey(), accuracy(task.getValue()));
    }
    return new EvaluationResult(
        row.path("mode").asText(),
        row.path("version").asLong(),
        accuracy(row),
        tasks,
        row.path("tokens").asLong(),
        Duration.ofMillis(Math.round(row.path("took_s").asDouble() * 1000)));
  }

  private static Accuracy accuracy(JsonNode node) {
    return new Accuracy(
        node.path("accuracy").asDouble(),
        node.path("stderr").asDouble(),
        node.path("problems").asInt(),
        node.path("failed").asInt());
  }
}
