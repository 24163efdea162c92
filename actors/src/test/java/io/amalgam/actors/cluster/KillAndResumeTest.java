package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.actors.learner.Checkpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes that are killed. */
@Tag("slow")
class KillAndResumeTest {
  private static final long STEP_NANOS = 1_000_000;

  @TempDir Path directory;

  @Test
  void tenKillsAtRandomMomentsLoseNothingAndTrainNothingTwice() throws Exception {
    Path runDir = Files.createDirectory(directory.resolve("run"));
    Random random = new Random(11);
    int goal = 120;
    for (int kill = 0; kill < 10; kill++) {
      try (ToyProcess run = ToyProcess.start(runDir, goal, 2, STEP_NANOS, kill > 0)) {
        assertThat(run.await("step ", 1)).as("%s", run.lines()).isTrue();
        Thread.sleep(random.nextInt(250));
        run.kill();
      }
    }
    try (ToyProcess run = ToyProcess.start(runDir, goal, 2, STEP_NANOS, true)) {
      assertThat(run.exitCode()).as("%s", run.lines()).isZero();
      assertThat(run.lines()).contains("ended DONE " + goal + " ");
    }
    LedgerAudit audit = LedgerAudit.of(runDir);
    audit.requireOneOutcomeEach();
    assertThat(audit.trained()).isEqualTo(goal * 3L);
    System.out.println(
        "10 kills: " + audit.count("pending") + " attempts, " + audit.trained() + " trained");
  }

  @Test
  void aKilledSynchronousRunEndsWithTheWeightsOfAnUninterruptedOne() throws Exception {
    Path whole = Files.createDirectory(directory.resolve("whole"));
    Path killed = Files.createDirectory(directory.resolve("killed"));
    try (ToyProcess run = ToyProcess.start(whole, 12, 0, STEP_NANOS, false)) {
      assertThat(run.exitCode()).isZero();
    }
    for (int kill = 0; kill < 3; kill++) {
      try (ToyProcess run = ToyProcess.start(killed, 12, 0, STEP_NANOS, kill > 0)) {
        assertThat(run.await("step ", 1 + kill)).isTrue();
        run.kill();
      }
    }
    try (ToyProcess run = ToyProcess.start(killed, 12, 0, STEP_NANOS, true)) {
      assertThat(run.exitCode()).isZero();
    }
    assertThat(logits(killed)).isEqualTo(logits(whole));
    LedgerAudit.of(killed).requireOneOutcomeEach();
  }

  @Test
  void aTerminatedRunLeavesACheckpointAndExits130() throws Exception {
    Path runDir = Files.createDirectory(directory.resolve("terminated"));
    try (ToyProcess run = ToyProcess.start(runDir, 0, 2, STEP_NANOS, false)) {
      assertThat(run.await("step ", 3)).isTrue();
      run.terminate();
      assertThat(run.exitCode()).as("%s", run.lines()).isEqualTo(130);
    }
    assertThat(new Checkpoints(runDir, 3).newest()).isPresent();
  }

  private static float[] logits(Path runDir) {
    return new Checkpoints(runDir, 3)
        .newest()
        .orElseThrow()
        .checkpoint()
        .masters()
        .get("logits")
        .toFloats();
  }
}
