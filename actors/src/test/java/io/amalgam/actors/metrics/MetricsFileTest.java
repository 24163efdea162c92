package io.amalgam.actors.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.actors.evaluation.Accuracy;
import io.amalgam.actors.evaluation.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir Path dir;

  @Test
  void stepRowHasEveryPromisedField() throws IOException {
    try (MetricsFile file = MetricsFile.open(dir)) {
      file.on(Events.step(3, 0.5));
    }
    JsonNode row = rows().get(0);
    assertThat(row.get("event").asText()).isEqualTo("step");
    assertThat(row.get("time_s").asDouble()).isEqualTo(6);
    for (String field :
        List.of(
            "step",
            "version",
            "reward_mean",
            "accuracy",
            "groups",
            "trajectories",
            "tokens_generated",
            "tokens_trained",
            "loss",
            "grad_norm",
            "kl_behaviour",
            "ratio_p99",
            "staleness_mean",
            "staleness_max",
            "mixture_length_mean",
            "entropy_mean",
            "generate_s",
            "train_s",
            "wait_batch_s",
            "bottleneck")) {
      assertThat(row.has(field)).as(field).isTrue();
    }
    assertThat(row.has("kl")).isFalse();
    assertThat(row.at("/tasks/gcd/reward_mean").asDouble()).isEqualTo(0.5);
    assertThat(row.get("loss_metrics").get("ratio/max").asDouble()).isEqualTo(1.5);
    assertThat(row.at("/tasks/chain_sum/trajectories").asInt()).isEqualTo(40);
    assertThat(row.at("/outcomes/requeued").asInt()).isEqualTo(2);
  }

  @Test
  void theKlToTheReferenceIsThereWhenItIsOn() throws IOException {
    RunEvent.StepCompleted e = Events.step(3, 0.5);
    RunEvent.LossFigures l =
        new RunEvent.LossFigures(
            0.01, 0.5, 3e-4, false, 0.002, 1.4, 0.05, OptionalDouble.of(0.03), new TreeMap<>());
    try (MetricsFile file = MetricsFile.open(dir)) {
      file.on(
          new RunEvent.StepCompleted(
              e.time(),
              e.step(),
              e.version(),
              e.batch(),
              l,
              e.staleness(),
              e.timing(),
              e.tasks(),
              e.outcomes()));
    }
    assertThat(rows().get(0).get("kl").asDouble()).isEqualTo(0.03);
  }

  @Test
  void everyEventHasARowAndReopeningAppends() throws IOException {
    Duration t = Duration.ofSeconds(1);
    List<RunEvent> events =
        List.of(
            new RunEvent.RunStarted(t, "r", 0, false, ""),
            new RunEvent.ParityChecked(t, 10, 1e-6, 1e-7, "f32", 1e-4),
            new RunEvent.Swapped(t, "g", 2, 100, false, t, t, 7),
            new RunEvent.GroupSetback(t, 4, 0, "stale", "too old"),
            new RunEvent.MemberJoined(t, "generator", "a"),
            new RunEvent.MemberLost(t, "generator", "a"),
            new RunEvent.CheckpointWritten(t, 2, Path.of("checkpoints/v2"), 5, t),
            new RunEvent.RolloutsStored(t, 2, Optional.empty(), Map.of("x", Double.NaN)),
            new RunEvent.RunFinished(
                t, new RunOutcome(RunOutcome.Ending.DONE, 2, 2, Optional.empty(), "")));
    for (RunEvent e : events) {
      try (MetricsFile file = MetricsFile.open(dir)) {
        file.on(e);
      }
    }
    assertThat(rows())
        .extracting(r -> r.get("event").asText())
        .containsExactly(
            "start",
            "parity",
            "swap",
            "setback",
            "member_joined",
            "member_lost",
            "checkpoint",
            "rollouts",
            "finish");
    assertThat(rows().get(7).at("/facts/x").isNull()).isTrue();
  }

  @Test
  void evalRowHasModeAccuracyPerTaskAndError() throws IOException {
    EvaluationResult result =
        new EvaluationResult(
            "greedy",
            12,
            new Accuracy(0.5, 0.05, 100, 0),
            new TreeMap<>(Map.of("gcd", new Accuracy(0.5, 0.05, 100, 0))),
            1000,
            Duration.ofSeconds(3));
    try (MetricsFile file = MetricsFile.open(dir)) {
      file.evaluated(result, 12, Duration.ofSeconds(240));
    }
    JsonNode row = rows().get(0);
    assertThat(row.get("event").asText()).isEqualTo("eval");
    assertThat(row.get("mode").asText()).isEqualTo("greedy");
    assertThat(row.get("step").asInt()).isEqualTo(12);
    assertThat(row.get("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(row.get("stderr").asDouble()).isEqualTo(0.05);
    assertThat(row.get("problems").asInt()).isEqualTo(100);
    assertThat(row.at("/tasks/gcd/accuracy").asDouble()).isEqualTo(0.5);
  }

  private List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(dir.resolve("metrics.jsonl"))) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }
}
