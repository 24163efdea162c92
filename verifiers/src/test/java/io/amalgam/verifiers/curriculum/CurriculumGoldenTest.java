package io.amalgam.verifiers.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.SharedData;
import io.amalgam.verifiers.level.Curriculum;
import io.amalgam.verifiers.level.RangeMode;
import io.amalgam.verifiers.level.TaskLevels;
import io.amalgam.verifiers.task.CompositeTasks;
import io.amalgam.verifiers.task.ReseedingStream;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels, composites, endless streams and the score board against recordings of the original. */
class CurriculumGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"curricula", "composite", "reseeding", "scoreboard"})
  void equalsTheSample(String kind) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    getClass().getResourceAsStream("/golden/_infra_" + kind + ".jsonl")),
                StandardCharsets.UTF_8))) {
      check("sample", kind, in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"curricula", "composite", "reseeding", "scoreboard"})
  void equalsTheCompleteRecording(String kind) throws IOException {
    Path file = SharedData.path("golden/reasoning-gym/_infra_" + kind + ".jsonl");
    assumeTrue(Files.exists(file), "complete recording not present");
    try (BufferedReader in = Files.newBufferedReader(file)) {
      check("complete", kind, in);
    }
  }

  private static void check(String size, String kind, BufferedReader in) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      records.add(JSON.readTree(line));
    }
    if (kind.equals("scoreboard")) {
      scoreBoard(records);
    } else {
      for (JsonNode record : records) {
        switch (kind) {
          case "curricula" -> levels(record);
          case "composite" -> composite(record);
          default -> stream(record);
        }
      }
    }
    System.out.println("golden " + size + " " + kind + ": " + records.size() + " records equal");
  }

  private static void levels(JsonNode record) {
    String task = record.get("task").textValue();
    Curriculum curriculum = Curriculum.of(task).orElseThrow();
    TaskLevels levels = TaskLevels.at(curriculum, record.get("level").intValue());
    for (Map.Entry<String, JsonNode> config : record.get("configs").properties()) {
      same(task + " " + config.getKey(), config.getValue(), levels.config(mode(config.getKey())));
    }
    same(task + " values", record.get("global_level"), levels.values());
    assertThat(levels.highest()).as(task).isEqualTo(record.get("max_level").intValue());
    assertThat(levels.canRise()).as(task).isEqualTo(record.get("inc").booleanValue());
    // the recording lowers what it raised before
    TaskLevels raised = levels.canRise() ? levels.raised() : levels;
    assertThat(raised.canFall()).as(task).isEqualTo(record.get("dec").booleanValue());
    same(task + " raised", record.get("levels_after_inc"), json(raised));
    same(task + " lowered", record.get("levels_after_dec"), json(raised.lowered()));
  }

  private static JsonNode json(TaskLevels levels) {
    return JSON.valueToTree(levels.levels());
  }

  private static RangeMode mode(String name) {
    return switch (name) {
      case "inclusive" -> RangeMode.INCLUSIVE;
      case "upper_bound" -> RangeMode.UPPER_BOUND;
      default -> RangeMode.last(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
    };
  }

  private static void same(String what, JsonNode wanted, JsonNode got) {
    assertThat(got).as(what).isEqualTo(wanted);
  }

  private static void composite(JsonNode record) {
    if (record.has("after")) {
      return;
    }
    CompositeTasks tasks =
        CompositeTasks.empty(
            TaskCatalog.standard(),
            record.get("seed").bigIntegerValue(),
            record.get("size").intValue());
    for (JsonNode spec : record.get("specs")) {
      ObjectNode config = spec.get(2).deepCopy();
      JsonNode seed = config.remove("seed");
      String name = spec.get(0).textValue();
      double weight = spec.get(1).doubleValue();
      tasks =
          seed == null
              ? tasks.with(name, weight, config)
              : tasks.with(name, weight, config, seed.bigIntegerValue());
    }
    CompositeTasks.Entry entry = tasks.entry(record.get("index").intValue());
    assertThat(entry.problem().task()).isEqualTo(record.get("source_dataset").textValue());
    assertThat(entry.entryId()).isEqualTo(record.get("entry_id").textValue());
    assertThat(entry.problem().question()).isEqualTo(record.get("question").textValue());
    assertThat(entry.problem().answer()).contains(record.get("answer").textValue());
    Verdict verdict = tasks.score(entry.problem().answer(), entry.entryId());
    assertThat(verdict).isEqualTo(Verdict.Scored.of(record.get("score_with_id").doubleValue()));
    CompositeTasks changed = tasks.reconfigured(tasks.names().get(0), JSON.createObjectNode());
    assertThat(changed.score(entry.problem().answer(), entry.entryId())).isEqualTo(verdict);
    if (entry.entryId().startsWith("1.")) {
      assertThat(changed.entry(record.get("index").intValue()).entryId()).startsWith("4.");
    }
  }

  private static void stream(JsonNode record) {
    ReseedingStream stream =
        new ReseedingStream(
            TaskCatalog.standard(),
            "chain_sum",
            JSON.createObjectNode(),
            record.get("base_seed").bigIntegerValue(),
            500,
            record.get("chunk_size").intValue());
    var problem = stream.problem(record.get("k").intValue());
    assertThat(problem.question()).isEqualTo(record.get("question").textValue());
    assertThat(problem.answer()).contains(record.get("answer").textValue());
  }

  private static void scoreBoard(List<JsonNode> records) {
    ScoreBoard board = new ScoreBoard();
    for (JsonNode add : records.get(0).get("adds")) {
      board.add(add.get(0).textValue(), add.get(1).doubleValue(), (ObjectNode) add.get(2));
    }
    for (JsonNode record : records.subList(1, records.size())) {
      OptionalInt last =
          record.get("last_n").isNull()
              ? OptionalInt.empty()
              : OptionalInt.of(record.get("last_n").intValue());
      Map<String, GroupedScores> all = board.aggregate(last);
      for (Map.Entry<String, JsonNode> task : record.get("aggregate").properties()) {
        GroupedScores got = Objects.requireNonNull(all.get(task.getKey()));
        assertThat(got.total()).isEqualTo(task.getValue().get("total").intValue());
        assertThat(got.report()).isEqualTo(task.getValue().get("str").textValue());
        assertThat(got.summaries()).isEqualTo(task.getValue().get("stats_str").textValue());
        for (int i = 0; i < got.groups().size(); i++) {
          JsonNode stats = task.getValue().get("stats").get(i).get(1);
          GroupedScores.Group group = got.groups().get(i);
          assertThat(group.scores()).hasSize(stats.get(0).intValue());
          assertThat(group.mean()).isCloseTo(stats.get(1).doubleValue(), within(1e-15));
          assertThat(group.deviation()).isCloseTo(stats.get(2).doubleValue(), within(1e-15));
          assertThat(group.least()).isEqualTo(stats.get(3).doubleValue());
          assertThat(group.greatest()).isEqualTo(stats.get(4).doubleValue());
        }
      }
    }
  }
}
