package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learner and a generator in processes of their own. */
@Tag("slow")
class TwoNodesTest {
  private static final long STEP_NANOS = 3_000_000;

  @TempDir Path directory;

  @Test
  void theRunGoesOnWhenAGeneratorNodeIsKilledAndAnotherComes() throws Exception {
    Path runDir = Files.createDirectory(directory.resolve("run"));
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    int port = freePort();
    String seed = "127.0.0.1:" + port;
    int goal = 60;
    try (ToyProcess learner =
            ToyProcess.start(runDir, goal, 2, 0, false, "127.0.0.1", port, seed, "learner");
        ToyProcess first = generator(scratch, goal, seed)) {
      assertThat(learner.await("step ", 10)).as("%s", learner.lines()).isTrue();
      first.kill();
      long before = learner.count("step ");
      try (ToyProcess second = generator(scratch, goal, seed)) {
        assertThat(learner.await("MemberLost", 1)).as("%s", learner.lines()).isTrue();
        assertThat(learner.exitCode()).as("%s", learner.lines()).isZero();
        assertThat(learner.count("step ")).isEqualTo(goal).isGreaterThan(before);
        assertThat(second.exitCode()).as("%s", second.lines()).isZero();
      }
    }
    LedgerAudit audit = LedgerAudit.of(runDir);
    audit.requireOneOutcomeEach();
    assertThat(audit.count("requeued")).as("groups of the lost generator").isPositive();
  }

  @Test
  void aNodeThatOnlyVerifiesEndsWithTheRun() throws Exception {
    Path runDir = Files.createDirectory(directory.resolve("run"));
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    int port = freePort();
    String seed = "127.0.0.1:" + port;
    try (ToyProcess learner =
            ToyProcess.start(
                runDir, 5, 2, STEP_NANOS, false, "127.0.0.1", port, seed, "learner,generator");
        ToyProcess verifier =
            ToyProcess.start(scratch, 5, 2, 0, false, "127.0.0.2", freePort(), seed, "verifier")) {
      assertThat(learner.exitCode()).as("%s", learner.lines()).isZero();
      assertThat(verifier.exitCode()).as("%s", verifier.lines()).isZero();
    }
  }

  private static ToyProcess generator(Path scratch, int goal, String seed) throws IOException {
    return ToyProcess.start(
        scratch, goal, 2, STEP_NANOS, false, "127.0.0.2", freePort(), seed, "generator,verifier");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
