package io.amalgam.actors.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.actors.settings.RunSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter text = new StringWriter();

  @Test
  void plainOutputIsALineEveryFiveSecondsOfRun() {
    Progress p = progress(false, 0);
    for (int i = 1; i <= 6; i++) {
      p.on(Events.step(i, 0.5));
    }
    assertThat(text.toString().lines()).hasSize(2);
    assertThat(text.toString())
        .doesNotContain("\r")
        .contains("step 1  3:58 left  reward 0.500")
        .contains("chain_sum 0.25")
        .contains("2000 tok/s")
        .contains("bottleneck generator");
  }

  @Test
  void terminalLineIsRewrittenAndFitsTheWidth() {
    Progress p = progress(true, 0);
    p.on(Events.step(1, 0.5));
    p.on(Events.step(2, 0.5));
    assertThat(text.toString()).doesNotContain("\n");
    for (String part : text.toString().split("\r")) {
      assertThat(part.replace("\u001b[K", "").length()).isLessThan(60);
    }
    p.on(
        new RunEvent.RunFinished(
            Duration.ofSeconds(9),
            new RunOutcome(RunOutcome.Ending.DONE, 2, 2, Optional.empty(), "")));
    assertThat(text.toString()).endsWith(System.lineSeparator());
  }

  @Test
  void timeLeftFollowsTheStepLimitWhenThatComesFirst() {
    Progress p = progress(false, 10);
    p.on(Events.step(5, 0.5));
    assertThat(text.toString()).contains("0:10 left");
  }

  private Progress progress(boolean terminal, int steps) {
    return new Progress(
        new PrintWriter(text),
        terminal,
        60,
        new RunSettings.Run(1, Duration.ofMinutes(4), steps, "runs"));
  }
}
