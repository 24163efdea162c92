package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a real model with random weights. */
class ModelRunTest {
  @TempDir static Path directory;

  private static Path model = Path.of("");

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeModel() throws Exception {
    model = TinyModel.write(directory);
  }

  private RunOutcome run(RunSettings settings, Path runDir, boolean resume)
      throws InterruptedException {
    return RunLauncher.startLocal(settings, runDir, events::add, resume, TinyModel.parts(settings))
        .await();
  }

  private <T extends RunEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void theAsynchronousLoopTrainsMixturesAndBehaviourEqualsReplay() throws Exception {
    Path runDir = Files.createDirectory(directory.resolve("async"));
    RunOutcome outcome = run(TinyModel.settings(model, 8, 2), runDir, false);
    assertThat(outcome.reason()).isEmpty();
    assertThat(outcome.ending()).isEqualTo(Ending.DONE);
    assertThat(of(RunEvent.ParityChecked.class))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.terms()).isPositive();
              assertThat(p.maxDifference()).isLessThanOrEqualTo(1e-4);
            });
    assertThat(of(RunEvent.StepCompleted.class))
        .hasSize(8)
        .allSatisfy(
            s -> {
              assertThat(s.staleness().violations()).isZero();
              assertThat(s.batch().tokensGenerated()).isNotNegative();
              assertThat(s.loss().gradNorm()).isPositive();
            });
    assertThat(of(RunEvent.Swapped.class)).isNotEmpty();
    LedgerAudit.of(runDir).requireOneOutcomeEach();
  }

  @Test
  void aSynchronousRunIsContinuedBitForBit() throws Exception {
    Path whole = Files.createDirectory(directory.resolve("whole"));
    Path parts = Files.createDirectory(directory.resolve("parts"));
    run(TinyModel.settings(model, 5, 0), whole, false);
    run(TinyModel.settings(model, 3, 0), parts, false);
    run(TinyModel.settings(model, 5, 0), parts, true);
    assertSame(masters(parts), masters(whole));
    assertThat(LedgerAudit.of(parts).lines()).isEqualTo(LedgerAudit.of(whole).lines());
  }

  /** After the resumption the reference is still the model that the run began with. */
  @Test
  void theKlIsMeasuredFromTheStartOfTheRunAndContinuedBitForBit() throws Exception {
    RunSettings.Kl kl = new RunSettings.Kl(0.05, "exact", "start");
    Path whole = Files.createDirectory(directory.resolve("kl-whole"));
    Path parts = Files.createDirectory(directory.resolve("kl-parts"));
    run(TinyModel.with(TinyModel.settings(model, 4, 0), kl), whole, false);
    List<Double> seen =
        of(RunEvent.StepCompleted.class).stream().map(s -> s.loss().kl().orElseThrow()).toList();
    assertThat(seen).hasSize(4);
    assertThat(seen.get(0)).isZero();
    assertThat(seen.get(1)).isPositive();
    assertThat(seen.get(3)).isGreaterThan(seen.get(1));
    events.clear();
    run(TinyModel.with(TinyModel.settings(model, 2, 0), kl), parts, false);
    run(TinyModel.with(TinyModel.settings(model, 4, 0), kl), parts, true);
    assertSame(masters(parts), masters(whole));
    assertThat(of(RunEvent.StepCompleted.class))
        .extracting(s -> s.loss().kl().orElseThrow())
        .isEqualTo(seen);
  }

  @Test
  void anAsynchronousRunTakesAnEstimateFromAnotherModel() throws Exception {
    Path runDir = Files.createDirectory(directory.resolve("kl-k3"));
    RunSettings.Kl kl = new RunSettings.Kl(1e-3, "k3+", model.toString());
    RunOutcome outcome = run(TinyModel.with(TinyModel.settings(model, 2, 2), kl), runDir, false);
    assertThat(outcome.ending()).isEqualTo(Ending.DONE);
    assertThat(of(RunEvent.StepCompleted.class))
        .hasSize(2)
        .allSatisfy(s -> assertThat(s.loss().kl()).isPresent());
  }

  private static ModelWeights masters(Path runDir) {
    return new Checkpoints(runDir, 3).newest().orElseThrow().checkpoint().masters();
  }

  private static void assertSame(ModelWeights a, ModelWeights b) {
    assertThat(a.tensors().keySet()).isEqualTo(b.tensors().keySet());
    for (String name : a.tensors().keySet()) {
      HostTensor one = a.get(name);
      assertThat(one.bytes()).as(name).isEqualTo(b.get(name).bytes());
    }
  }
}
