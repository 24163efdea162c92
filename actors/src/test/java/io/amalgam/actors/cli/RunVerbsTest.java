package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run from start to export, by the verbs a person types. */
class RunVerbsTest {
  @TempDir static Path dir;
  private static Path model = Path.of("");

  @BeforeAll
  static void makeModel() throws IOException {
    model = TinyModel.write(dir);
  }

  @Test
  void runLocalThenEvalSampleExportLedgerAndResume() throws IOException {
    Path run = dir.resolve("run");
    Cli trained = Cli.run(small("run-local", "--run-dir", run.toString()));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("mixture before → after")
        .contains("done after 2 steps, version 2")
        .contains("run directory  " + run)
        .contains("next           ./amalgam sample " + run);
    assertThat(trained.err()).contains("metrics and status at http://127.0.0.1:");
    assertThat(run.resolve("report/reward.png")).isNotEmptyFile();
    assertThat(run.resolve("logs/amalgam.log")).exists();
    List<String> events = events(run);
    assertThat(events).contains("start", "step", "checkpoint", "finish", "eval");
    assertThat(events.stream().filter(e -> e.equals("eval"))).hasSize(6);

    Cli ledger = Cli.run("ledger", run.toString());
    assertThat(ledger.code()).as(ledger.err()).isZero();
    assertThat(ledger.out()).contains("\"ordinal\":0").contains("\"outcome\":");

    Cli eval = Cli.run("eval", run.toString(), "--json", "--set", "eval.modes=[greedy]");
    assertThat(eval.code()).as(eval.err()).isZero();
    assertThat(new ObjectMapper().readTree(eval.out()).get("version").asInt()).isEqualTo(2);

    Cli sample = Cli.run("sample", run.toString());
    assertThat(sample.code()).as(sample.err()).isZero();
    assertThat(sample.out()).contains("multiplex k=2").contains("candidates").contains("█");

    Cli export = Cli.run("export", run.toString());
    assertThat(export.code()).as(export.err()).isZero();
    Path exported = Path.of(export.out().strip());
    assertThat(Cli.run("model", "inspect", "--model", exported.toString()).out())
        .contains("Qwen2ForCausalLM");
    assertThat(Cli.run("export", run.toString()).code()).isEqualTo(2);

    Cli again = Cli.run("run-local", "--run-dir", run.toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("exists").contains("amalgam resume " + run);

    Cli resumed = Cli.run("resume", run.toString(), "--set", "run.steps=3", "--json");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(resumed.out());
    assertThat(summary.get("version").asInt()).isEqualTo(3);
    assertThat(Cli.run("status", run.toString()).code()).isEqualTo(3);
  }

  @Test
  void sampleShowsCandidatesOfEveryMethodAndJson() throws IOException {
    for (MethodDefinition definition : MethodCatalog.definitions()) {
      String method = definition.name();
      if (method.equals("greedy")) {
        continue; // a read-out
      }
      Cli sample =
          Cli.run(
              "sample",
              "--set",
              "model.path=" + model,
              "--method",
              method,
              "--json",
              "--set",
              "generator.max-new-tokens=8");
      assertThat(sample.code()).as(sample.err()).isZero();
      JsonNode rollout = new ObjectMapper().readTree(sample.out());
      assertThat(rollout.get("method").asText()).isEqualTo(method);
      assertThat(rollout.get("positions")).isNotEmpty();
      double sum = 0;
      for (JsonNode c : rollout.get("positions").get(0).get("candidates")) {
        sum += c.get("weight").asDouble();
      }
      assertThat(sum).isBetween(0.999, 1.001);
    }
  }

  @Test
  void sampleSaysWhereAndWhyThinkingEnded() throws IOException {
    List<String> args =
        List.of(
            "sample",
            "--set",
            "model.path=" + model,
            "--set",
            "generator.max-new-tokens=12",
            "--set",
            "mixture.stop.cold-stop.entropy=100",
            "--set",
            "mixture.stop.cold-stop.positions=3");
    Cli text = Cli.run(args.toArray(new String[0]));
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("◀ thinking ended by Cold Stop")
        .contains("2 in mixture; thinking ended by Cold Stop; ended by");
    List<String> json = new ArrayList<>(args);
    json.add("--json");
    JsonNode rollout = new ObjectMapper().readTree(Cli.run(json.toArray(new String[0])).out());
    assertThat(rollout.get("closed_by").asText()).isEqualTo("cold_stop");
    assertThat(rollout.get("positions").get(2).get("forced").asBoolean()).isTrue();
  }

  @Test
  void generateContinuesATextAndStopsBeforeAStopString() throws IOException {
    List<String> args =
        List.of(
            "model",
            "generate",
            "--model",
            model.toString(),
            "--prompt",
            "What is 3 + 4?",
            "--max-new-tokens",
            "40",
            "--seed",
            "3",
            "--top-k",
            "40",
            "--repetition-penalty",
            "1.1");
    Cli plain = Cli.run(args.toArray(new String[0]));
    assertThat(plain.code()).as(plain.err()).isZero();
    List<String> more = new ArrayList<>(args);
    more.add("--json");
    JsonNode whole = new ObjectMapper().readTree(Cli.run(more.toArray(new String[0])).out());
    String text = whole.get("text").asText();
    assertThat(plain.out()).isEqualTo(text + System.lineSeparator());
    Matcher word = Pattern.compile("[A-Za-z0-9]{2}").matcher(text);
    assertThat(word.find(text.length() / 4)).isTrue();
    String stop = word.group();
    more.addAll(List.of("--stop", stop));
    JsonNode cut = new ObjectMapper().readTree(Cli.run(more.toArray(new String[0])).out());
    assertThat(cut.get("text").asText()).isEqualTo(text.substring(0, text.indexOf(stop)));
    assertThat(cut.get("finish").asText()).isEqualTo("stop_string");
    int ids = cut.get("ids").size();
    assertThat(ids).isLessThan(whole.get("ids").size());
    for (int i = 0; i < ids; i++) {
      assertThat(cut.get("ids").get(i)).isEqualTo(whole.get("ids").get(i));
    }
  }

  @Tag("slow")
  @Test
  void benchMeasuresDecodingAndTraining() {
    Cli bench =
        Cli.run(
            "bench",
            "--model",
            model.toString(),
            "--rows",
            "2",
            "--positions",
            "4",
            "--rounds",
            "1",
            "--json");
    assertThat(bench.code()).as(bench.err()).isZero();
    assertThat(bench.out().lines()).hasSize(3);
  }

  private static List<String> events(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(
            line -> {
              try {
                return new ObjectMapper().readTree(line).get("event").asText();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static String[] small(String... args) {
    List<String> all = new java.util.ArrayList<>(List.of(args));
    for (String set :
        List.of(
            "model.path=" + model,
            "run.steps=2",
            "generator.max-new-tokens=12",
            "learner.group-size=4",
            "learner.groups-per-step=2",
            "generator.slots=16",
            "eval.problems=3",
            "compute.threads=1")) {
      all.add("--set");
      all.add(set);
    }
    return all.toArray(new String[0]);
  }
}
