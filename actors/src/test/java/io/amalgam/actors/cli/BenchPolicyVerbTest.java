package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchPolicyVerbTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private String model = "";

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyModel.write(dir).toString();
  }

  @Test
  void rowsStandBesideTheirAnchors() throws IOException {
    Path scripts = Files.createDirectories(dir.resolve("anchors"));
    Files.writeString(scripts.resolve("generate_discrete.py"), "");
    List<JsonNode> rows =
        rows(
            "--anchors",
            scripts.toString(),
            "--python",
            python("echo '{\"tok_s\": 0.5}'").toString(),
            "--only",
            "rollout,int8,mixture-multiplex,decode");
    assertThat(rows)
        .extracting(r -> r.get("row").asText())
        .containsExactly(
            "rollout-2", "rollout-2", "int8-2", "mixture-multiplex", "decode-2", "decode-2");
    JsonNode openVino = rows.get(0);
    assertThat(openVino.path("ours").path("figure").asDouble()).isPositive();
    assertThat(openVino.path("anchor").path("missing").asText()).contains("--openvino-python");
    assertThat(openVino.has("ratio")).isFalse();
    JsonNode discrete = rows.get(1);
    assertThat(discrete.path("anchor").path("figure").asDouble()).isEqualTo(0.5);
    assertThat(discrete.path("ratio").asDouble())
        .isEqualTo(2 * discrete.path("ours").path("figure").asDouble());
    assertThat(rows.get(2).at("/ours/format").asText()).endsWith(" int8");
    assertThat(rows.get(3).path("reached").isBoolean()).isTrue();
    assertThat(rows.get(4).path("ratio").asDouble()).isPositive();
  }

  /** Both measure in a process of their own. */
  @Test
  void stepAndLoadAreProcesses() throws IOException {
    List<JsonNode> rows = rows("--only", "load");
    assertThat(rows).hasSize(2);
    assertThat(rows).allSatisfy(r -> assertThat(r.at("/ours/figure").asDouble()).isPositive());
    Cli step =
        Cli.run(
            "bench",
            "turn",
            "step",
            "--model",
            model,
            "--groups",
            "2",
            "--members",
            "3",
            "--new",
            "4",
            "--steps",
            "1");
    assertThat(step.code()).as(step.err()).isZero();
    JsonNode figures = JSON.readTree(step.out());
    assertThat(figures.path("tok_s").asDouble() * figures.path("step_s").asDouble())
        .isCloseTo(24, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void tableSaysWhatIsMissing() {
    Cli bench =
        Cli.run(
            "bench",
            "policy",
            "--model",
            model,
            "--rows",
            "2",
            "--rounds",
            "1",
            "--only",
            "int8,rollout");
    assertThat(bench.code()).as(bench.err()).isZero();
    assertThat(bench.out())
        .contains("parameters")
        .containsPattern("rollout-2 +[\\d.]+ tok/s +generate_discrete.py +- ")
        .contains("generate_discrete.py not measured: needs --anchors and --python")
        .contains("≥ 1.15");
  }

  @Test
  void listNamesTheRows() {
    Cli bench = Cli.run("bench", "policy", "--model", model, "--list", "--only", "train,step");
    assertThat(bench.out().lines()).containsExactly("step", "train", "train-recompute");
    assertThat(Cli.run("bench", "policy", "--model", model, "--list").out().lines())
        .contains("rollout-8", "rollout-64", "mixture-gumbel", "loop-dirichlet", "load");
  }

  @Test
  void badInputIsOneLineWithCode2() {
    for (String[] args :
        new String[][] {
          {"--only", "rolout"},
          {"--rows", "0"},
          {"--rows", "many"},
          {"--rounds", "0"},
          {"--anchors", "/no/directory"},
          {"--dtype", "f16"},
        }) {
      List<String> all = new ArrayList<>(List.of("bench", "policy", "--model", model));
      all.addAll(List.of(args));
      Cli wrong = Cli.run(all.toArray(String[]::new));
      assertThat(wrong.code()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(wrong.err().lines()).as(String.join(" ", args)).hasSize(1);
      assertThat(wrong.err()).startsWith("amalgam: ").contains(" – ");
    }
  }

  private List<JsonNode> rows(String... options) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("bench", "policy", "--model", model, "--rows", "2", "--rounds", "1", "--json"));
    all.addAll(List.of(options));
    Cli bench = Cli.run(all.toArray(String[]::new));
    assertThat(bench.code()).as(bench.err()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : bench.out().lines().toList()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private Path python(String program) throws IOException {
    Path file = dir.resolve("python");
    Files.writeString(file, "#!/bin/sh\n" + program + "\n");
    assumeTrue(file.toFile().setExecutable(true));
    return file;
  }
}
