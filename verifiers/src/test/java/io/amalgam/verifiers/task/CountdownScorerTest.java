package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Countdown scored as version 0.1.22 of the original scored it. */
class CountdownScorerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void equalsTheCompleteRecording() throws IOException {
    Path file = SharedData.path("golden/reasoning-gym/_v0122_countdown.jsonl");
    assumeTrue(Files.exists(file), "complete recording not present");
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      check(lines);
    }
  }

  @Test
  void equalsTheSample() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    CountdownScorerTest.class.getResourceAsStream(
                        "/golden/_v0122_countdown.jsonl")),
                StandardCharsets.UTF_8))) {
      check(lines);
    }
  }

  private static void check(BufferedReader recorded) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line = recorded.readLine(); line != null; line = recorded.readLine()) {
      ObjectNode entry = (ObjectNode) JSON.readTree(line);
      entry.withObject("/config").put("scorer", "0.1.22");
      lines.append(entry).append('\n');
    }
    GoldenCheck check = GoldenCheck.run(new BufferedReader(new StringReader(lines.toString())));
    assertThat(check.entries()).isPositive();
    assertThat(check.mismatches()).isEmpty();
  }
}
