package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.PeftDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter from training to export, and back into models, by the verbs a person types. */
class LoraVerbsTest {
  @TempDir static Path dir;
  private static Path model = Path.of("");
  private static Path run = Path.of("");
  private static Path input = Path.of("");

  @BeforeAll
  static void trainAnAdapter() throws IOException {
    model = TinyModel.write(dir);
    run = dir.resolve("run");
    input = dir.resolve("input.jsonl");
    Files.writeString(input, "{\"ids\": [5, 9, 31, 7]}\n");
    Cli trained =
        Cli.run(
            small(
                "run-local",
                "--run-dir",
                run.toString(),
                "--set",
                "learner.lora.rank=2",
                "--set",
                "model.adapter=" + begun()));
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  /** An adapter that has learned something: random text earns no reward, so a short run has not. */
  private static Path begun() {
    ModelConfig config = HuggingFaceDirectory.readConfig(model.resolve("config.json"));
    LoraAdapter initial = LoraAdapter.initial(config, LoraSpec.ofAllLinears(2, 4), 1);
    SortedMap<String, HostTensor> factors = new TreeMap<>();
    initial
        .weights()
        .tensors()
        .forEach(
            (name, t) -> {
              float[] values = t.toFloats();
              for (int i = 0; i < values.length; i++) {
                values[i] += (i % 7 - 3) * 0.05f;
              }
              factors.put(name, HostTensor.ofFloats(values, t.shape()));
            });
    Path adapter = dir.resolve("begun");
    PeftDirectory.save(
        adapter, new LoraAdapter(initial.spec(), new ModelWeights(factors)), model.toString());
    return adapter;
  }

  private static String forward(String... args) {
    List<String> all = new ArrayList<>(List.of("model", "forward", "--input", input.toString()));
    all.addAll(List.of(args));
    Cli logits = Cli.run(all.toArray(new String[0]));
    assertThat(logits.code()).as(logits.err()).isZero();
    assertThat(logits.out()).startsWith("{\"logits\"");
    return logits.out();
  }

  private static double largestDifference(String a, String b) throws IOException {
    JsonNode one = new ObjectMapper().readTree(a).get("logits");
    JsonNode two = new ObjectMapper().readTree(b).get("logits");
    double worst = 0;
    for (int t = 0; t < one.size(); t++) {
      for (int v = 0; v < one.get(t).size(); v++) {
        worst =
            Math.max(
                worst, Math.abs(one.get(t).get(v).doubleValue() - two.get(t).get(v).doubleValue()));
      }
    }
    return worst;
  }

  /** The export is rounded to bf16, the adapter beside its base is not. */
  @Test
  void theMergedModelAndTheAdapterAreExported() throws IOException {
    Cli merged = Cli.run("export", run.toString());
    assertThat(merged.code()).as(merged.err()).isZero();
    Path whole = Path.of(merged.out().strip());
    Cli alone = Cli.run("export", run.toString(), "--adapter");
    assertThat(alone.code()).as(alone.err()).isZero();
    Path adapter = Path.of(alone.out().strip());
    assertThat(adapter).hasFileName("v000002-adapter");

    String expected = forward("--model", whole.toString());
    String adapted = forward("--model", model.toString(), "--adapter", adapter.toString());
    assertThat(forward("--model", adapter.toString()).equals(adapted)).isTrue();
    assertThat(largestDifference(adapted, expected)).isLessThan(0.02);
    assertThat(largestDifference(forward("--model", model.toString()), expected))
        .isGreaterThan(0.1);

    Cli inspected =
        Cli.run(
            "model",
            "inspect",
            "--json",
            "--model",
            model.toString(),
            "--adapter",
            adapter.toString());
    assertThat(inspected.code()).as(inspected.err()).isZero();
    JsonNode facts = new ObjectMapper().readTree(inspected.out());
    assertThat(facts.get("adapter_rank").asInt()).isEqualTo(2);
    assertThat(facts.get("adapter_alpha").asDouble()).isEqualTo(4);
    assertThat(facts.get("adapter_targets")).hasSize(7);

    Cli generated =
        Cli.run(
            "model",
            "generate",
            "--model",
            model.toString(),
            "--adapter",
            adapter.toString(),
            "--ids",
            "5,9",
            "--greedy",
            "--max-new-tokens",
            "4");
    assertThat(generated.code()).as(generated.err()).isZero();

    Cli evaluated =
        Cli.run(
            "eval",
            "--set",
            "model.path=" + model,
            "--set",
            "model.adapter=" + adapter,
            "--set",
            "eval.problems=2",
            "--set",
            "generator.max-new-tokens=8",
            "--set",
            "eval.modes=[greedy]");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
  }

  @Test
  void whatDoesNotFitIsRefusedInOneLine() throws IOException {
    Path nothing = Files.createDirectories(dir.resolve("nothing"));
    Cli none = Cli.run("model", "forward", "--model", model.toString(), "--adapter", "nowhere");
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.err()).contains("nowhere holds no adapter_config.json").hasLineCount(1);
    Files.writeString(
        nothing.resolve("adapter_config.json"), "{\"peft_type\": \"LORA\", \"use_dora\": true}");
    Cli dora =
        Cli.run("model", "forward", "--model", model.toString(), "--adapter", nothing.toString());
    assertThat(dora.code()).isEqualTo(2);
    assertThat(dora.err()).contains("use_dora = true; only plain LoRA").hasLineCount(1);
    Cli resumed =
        Cli.run("resume", run.toString(), "--set", "run.steps=3", "--set", "learner.lora.rank=0");
    assertThat(resumed.code()).isEqualTo(2);
    assertThat(resumed.err())
        .contains("holds an adapter of rank 2")
        .contains("learner.lora asks for the whole model");
  }

  private static String[] small(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    for (String set :
        List.of(
            "model.path=" + model,
            "run.steps=2",
            "generator.max-new-tokens=12",
            "learner.group-size=4",
            "learner.groups-per-step=2",
            "generator.slots=16",
            "tasks.reward.parts={score=1,format=1}",
            "eval.problems=0",
            "compute.threads=1")) {
      all.add("--set");
      all.add(set);
    }
    return all.toArray(new String[0]);
  }
}
