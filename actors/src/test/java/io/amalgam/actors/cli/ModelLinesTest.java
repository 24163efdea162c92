package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code model} verbs that read lines answer each in its place, whatever stands in it. */
class ModelLinesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = TinyModel.write(folder);
  }

  private List<JsonNode> answers(String verb, byte[] input, String... more) throws IOException {
    Path file = folder.resolve("lines.jsonl");
    Files.write(file, input);
    List<String> args = new ArrayList<>(List.of("model", verb, "--input", file.toString()));
    args.addAll(List.of(more));
    Cli cli = Cli.run(args.toArray(new String[0]));
    assertThat(cli.code()).as(cli.err()).isEqualTo(0);
    List<JsonNode> out = new ArrayList<>();
    for (String line : cli.out().split("\n")) {
      out.add(JSON.readTree(line));
    }
    return out;
  }

  private List<JsonNode> answers(String verb, List<String> lines, String... more)
      throws IOException {
    return answers(verb, String.join("\n", lines).getBytes(StandardCharsets.UTF_8), more);
  }

  @Test
  void logitsOfIdsAndOfTheSameTokensAsMixtures() throws IOException {
    List<JsonNode> got =
        answers(
            "forward",
            List.of(
                "{\"ids\": [1, 2, 3]}",
                "{\"mixture\": {\"ids\": [[1, 9], [9, 2], [3, 3]],"
                    + " \"weights\": [[1, 0], [0, 1.0], [0.5, 0.5]]}}"),
            "--model",
            model.toString());
    JsonNode plain = got.get(0).get("logits");
    JsonNode mixed = got.get(1).get("logits");
    assertThat(plain).hasSize(3);
    for (int t = 0; t < 3; t++) {
      for (int v = 0; v < plain.get(t).size(); v++) {
        assertThat(mixed.get(t).get(v).asDouble())
            .isCloseTo(plain.get(t).get(v).asDouble(), org.assertj.core.data.Offset.offset(1e-5));
      }
    }
  }

  @Test
  void aBadLineIsAnsweredInItsPlaceAndTheNextOnesGoOn() throws IOException {
    List<String> bad =
        List.of(
            "{\"ids\": [1",
            "null",
            "5",
            "{}",
            "{\"ids\": []}",
            "{\"ids\": [-1]}",
            "{\"ids\": [1.5]}",
            "{\"ids\": [99999999999]}",
            "{\"ids\": {\"a\": 1}}",
            "{\"mixture\": {\"ids\": [[1, 2]], \"weights\": [[1]]}}",
            "{\"mixture\": {\"ids\": [{\"a\": 1}], \"weights\": [[1]]}}",
            "{\"mixture\": {\"ids\": [[1]], \"weights\": [{\"a\": 1}]}}",
            "{\"mixture\": {\"ids\": [[1]], \"weights\": [[1e400]]}}",
            "{\"mixture\": {\"ids\": [[1]], \"weights\": [[NaN]]}}",
            "{\"ids\": [1]} {\"ids\": [2]}");
    List<String> lines = new ArrayList<>();
    for (String line : bad) {
      lines.add(line);
      lines.add("{\"ids\": [1]}");
    }
    List<JsonNode> got = answers("forward", lines, "--model", model.toString());
    assertThat(got).hasSameSizeAs(lines);
    for (int i = 0; i < got.size(); i++) {
      assertThat(got.get(i).has(i % 2 == 0 ? "error" : "logits")).as(lines.get(i)).isTrue();
    }
    assertThat(got.get(0).get("error").textValue())
        .isEqualTo("line 1: not JSON: Unexpected end-of-input: expected close marker for Array");
  }

  @Test
  void bytesThatAreNoUtf8SpoilOnlyTheirLine() throws IOException {
    byte[] lines = "?{\"ids\": [1]}\n{\"ids\": [1]}\n".getBytes(StandardCharsets.UTF_8);
    lines[0] = (byte) 0xFF;
    List<JsonNode> got = answers("forward", lines, "--model", model.toString());
    assertThat(got.get(0).has("error")).isTrue();
    assertThat(got.get(1).has("logits")).isTrue();
  }

  @Test
  void halfCharactersKeepTheirForm() throws IOException {
    Path template = folder.resolve("t.jinja");
    Files.writeString(template, "{{ messages[0].content }}");
    String line = "{\"messages\": [{\"content\": \"a\\ud800b\\ude42 \\ud83d\\ude42\"}]}";
    List<JsonNode> got = answers("render", List.of(line), "--template", template.toString());
    assertThat(got.get(0).get("text").textValue()).isEqualTo("a\ud800b\ude42 🙂");
  }
}
