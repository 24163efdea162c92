package io.amalgam.actors.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.actors.evaluation.Accuracy;
import io.amalgam.actors.evaluation.EvaluationResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path dir;

  @Test
  void plotIsAPngOfTheSteps() throws IOException {
    Path file = dir.resolve("reward.png");
    try (MetricsFile metrics = MetricsFile.open(dir)) {
      IntStream.rangeClosed(1, 20).forEach(i -> metrics.on(Events.step(i, i / 40.0)));
    }
    RewardPlot.write(RecordedRun.read(dir).steps(), file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1000);
  }

  @Test
  void recordedRunTakesRepeatedStepsOnceAndSkipsTheCutOffLine() throws IOException {
    try (MetricsFile metrics = MetricsFile.open(dir)) {
      metrics.evaluated(result("mixture", 0.2), 0, Duration.ZERO);
      metrics.on(Events.step(1, 0.1));
      metrics.on(Events.step(2, 0.2));
    }
    Path file = dir.resolve("metrics.jsonl");
    Files.writeString(file, "{\"event\":\"step\",\"st", StandardOpenOption.APPEND);
    try (MetricsFile metrics = MetricsFile.open(dir)) {
      metrics.on(Events.step(2, 0.4));
    }
    RecordedRun run = RecordedRun.read(dir);
    assertThat(run.steps()).extracting(RecordedRun.Step::reward).containsExactly(0.1, 0.4);
    assertThat(run.steps().get(1).tasks()).containsEntry("gcd", 0.4);
    assertThat(run.before()).containsExactly(result("mixture", 0.2));
  }

  @Test
  void tableShowsBeforeAndAfterPerTaskAndMode() {
    String table =
        AccuracyTable.of(
            List.of(result("mixture", 0.2), result("greedy", 0.3)),
            List.of(result("mixture", 0.5), result("greedy", 0.6)));
    assertThat(table)
        .contains("mixture before → after")
        .contains("gcd")
        .contains("0.200 → 0.500 (+0.300 ± 0.071)");
    assertThat(table.lines()).hasSize(3);
  }

  @Test
  void standardErrorIsClusteredByProblem() {
    Accuracy a = Accuracy.of(new double[] {1, 0, 1, 0}, 2);
    assertThat(a.value()).isEqualTo(0.5);
    assertThat(a.stderr()).isCloseTo(Math.sqrt(1.0 / 12), within(1e-12));
    assertThat(a.failed()).isEqualTo(2);
    assertThat(Accuracy.of(new double[0], 0).value()).isZero();
  }

  private static EvaluationResult result(String mode, double value) {
    Accuracy a = new Accuracy(value, 0.05, 100, 0);
    return new EvaluationResult(
        mode, 0, a, new TreeMap<>(Map.of("gcd", a)), 10, Duration.ofSeconds(1));
  }
}
