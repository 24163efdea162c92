package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTasksVerbTest {
  @TempDir Path dir;

  @Test
  void eachTaskHasARowWithItsSpeeds() {
    Cli bench = Cli.run("bench", "tasks", "gcd", "word_sorting", "--seconds", "0.01");
    assertThat(bench.code()).as(bench.err()).isZero();
    List<String> lines = bench.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("problems/s").contains("answers/s");
    assertThat(lines.get(1)).matches("gcd +[1-9]\\d* +[1-9]\\d*");
    assertThat(lines.get(2)).matches("word_sorting +[1-9]\\d* +[1-9]\\d*");
  }

  @Test
  void jsonIsOneObjectPerTask() throws IOException {
    Cli bench =
        Cli.run(
            "bench", "tasks", "gcd", "--json", "--seconds", "0.01", "--data-dir", dir.toString());
    assertThat(bench.code()).as(bench.err()).isZero();
    JsonNode row = new ObjectMapper().readTree(bench.out());
    assertThat(row.get("task").asText()).isEqualTo("gcd");
    assertThat(row.get("problems_per_s").asDouble()).isPositive();
    assertThat(row.get("answers_per_s").asDouble()).isPositive();
    assertThat(row.has("problems_ratio")).isFalse();
  }

  @Test
  void originalStandsBesideOurs() throws IOException {
    // an interpreter that has the original, as far as this verb can tell
    Path python =
        script("read task\necho '{\"problems_per_s\": 0.001, \"answers_per_s\": 1e12}'", "0.1.25");
    Cli bench =
        Cli.run("bench", "tasks", "gcd", "--seconds", "0.01", "--python", python.toString());
    assertThat(bench.code()).as(bench.err()).isZero();
    assertThat(bench.out())
        .contains("beside reasoning_gym 0.1.25")
        .contains("median ratio: problems ")
        .contains("slower than the original: gcd (answers 0.00)");
  }

  @Test
  void taskThatTheOriginalLacksHasNoRatio() throws IOException {
    Path python = script("read task\necho '{\"error\": \"unknown\"}'", "0.1.25");
    Cli bench =
        Cli.run("bench", "tasks", "gcd", "--seconds", "0.01", "--python", python.toString());
    assertThat(bench.code()).as(bench.err()).isZero();
    assertThat(bench.out())
        .containsPattern("gcd +\\d+ +- +- +\\d+ +- +-")
        .contains("median ratio: problems -, answers -")
        .contains("slower than the original: none");
  }

  @Test
  void badInputIsOneLineWithCode2() throws IOException {
    Path bare = dir.resolve("bare");
    Files.writeString(bare, "#!/bin/sh\necho '{\"error\": \"No module named reasoning_gym\"}'\n");
    assumeTrue(bare.toFile().setExecutable(true));
    for (String[] args :
        new String[][] {
          {"bench", "tasks", "gdc"},
          {"bench", "tsks"},
          {"bench", "tasks", "gcd", "--seconds", "0"},
          {"bench", "tasks", "gcd", "--seconds", "NaN"},
          {"bench", "tasks", "gcd", "--python", "/no/python"},
          {"bench", "tasks", "gcd", "--python", bare.toString()},
          {"bench", "tasks", "gcd", "--data-dir", "/no/directory"},
        }) {
      Cli wrong = Cli.run(args);
      assertThat(wrong.code()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(wrong.err()).as(String.join(" ", args)).startsWith("amalgam: ").contains(" – ");
      assertThat(wrong.err().lines()).hasSize(1);
      assertThat(wrong.out()).isEmpty();
    }
    assertThat(Cli.run("bench", "tasks", "gdc").err()).contains("did you mean \"gcd\"?");
  }

  private Path script(String rest, String version) throws IOException {
    Path file = dir.resolve("python");
    Files.writeString(file, "#!/bin/sh\necho '{\"version\": \"" + version + "\"}'\n" + rest + "\n");
    assumeTrue(file.toFile().setExecutable(true));
    return file;
  }
}
