package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amalgam.verifiers.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every task against recorded problems and scores of the original. */
class GoldenTest {

  static Stream<String> tasks() {
    return TaskCatalog.standard().names().stream();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void equalsTheCompleteRecording(String task) throws IOException {
    Path file = SharedData.path("golden/reasoning-gym/" + task + ".jsonl");
    assumeTrue(Files.exists(file), "complete recording not present");
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      report("complete", task, GoldenCheck.run(lines));
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void equalsTheSample(String task) throws IOException {
    InputStream sample = GoldenTest.class.getResourceAsStream("/golden/" + task + ".jsonl");
    assertThat(sample).as("sample of " + task).isNotNull();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(sample, StandardCharsets.UTF_8))) {
      report("sample", task, GoldenCheck.run(lines));
    }
  }

  private static void report(String kind, String task, GoldenCheck check) {
    System.out.println("golden " + kind + " " + check.summary(task));
    assertThat(check.entries()).isPositive();
    assertThat(check.mismatches()).isEmpty();
  }
}
