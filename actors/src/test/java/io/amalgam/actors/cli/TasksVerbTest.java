package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksVerbTest {
  @TempDir Path dir;

  @Test
  void listNamesTasksFieldsAndExactness() {
    assertThat(Cli.run("tasks", "list").out()).contains("chain_sum").contains("min_terms=");
    Cli json = Cli.run("tasks", "list", "--json");
    assertThat(json.code()).isZero();
    assertThat(json.out()).contains("\"name\":\"gcd\"").contains("\"type\":\"integer\"");
  }

  @Test
  void showPrintsThreeProblemsWithScores() {
    Cli show = Cli.run("tasks", "show", "gcd", "--set", "max_value=20", "--set", "min_value=2");
    assertThat(show.code()).isZero();
    assertThat(show.out()).contains("problem 0").contains("problem 2").contains("score 1.0");
  }

  @Test
  void generatedProblemsAreScoredLineByLine() throws IOException {
    Cli made = Cli.run("tasks", "generate", "gcd", "--seed", "7", "--size", "3");
    List<String> lines = made.out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode problem = new ObjectMapper().readTree(lines.get(1));
    Path in = dir.resolve("in.jsonl");
    Files.writeString(
        in,
        "{\"task\":\"gcd\",\"seed\":7,\"size\":3,\"index\":1,\"candidates\":[\""
            + problem.get("answer").asText()
            + "\",null]}\nnonsense\n");
    Cli scored = Cli.run("tasks", "score", "--input", in.toString());
    List<String> scores = scored.out().lines().toList();
    assertThat(new ObjectMapper().readTree(scores.get(0)).get("scores").toString())
        .isEqualTo("[1.0,0.0]");
    assertThat(scores.get(1)).contains("error").contains("line 2");
  }

  @Test
  void badTaskFieldOrInputIsOneLineWithCode2() {
    for (String[] args :
        new String[][] {
          {"tasks", "show", "gdc"},
          {"tasks", "show"},
          {"tasks", "shw", "gcd"},
          {"tasks", "generate", "gcd", "--set", "colour=red"},
          {"tasks", "generate", "gcd", "--set", "min_value=a lot"},
          {"tasks", "generate", "gcd", "--set", "x"},
          {"tasks", "generate", "gcd", "--size", "0"},
          {"tasks", "generate", "gcd", "--seed", "one"},
          {"tasks", "score", "--input", "nowhere.jsonl"},
        }) {
      Cli wrong = Cli.run(args);
      assertThat(wrong.code()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(wrong.err()).as(String.join(" ", args)).startsWith("amalgam: ").contains(" – ");
      assertThat(wrong.err().lines()).hasSize(1);
    }
  }
}
