package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.learner.CheckpointException;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.learner.Damage;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.model.ModelWeights;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunTest {
  @TempDir Path runDir;

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();

  private RunOutcome run(RunSettings settings, Path directory, boolean resume)
      throws InterruptedException {
    return RunLauncher.startLocal(
            settings, directory, events::add, resume, ToySettings.parts(200_000))
        .await();
  }

  private <T extends RunEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void anAsynchronousRunTrainsWithinTheBoundAndLearns() throws Exception {
    RunOutcome outcome = run(ToySettings.of(30, 2), runDir, false);
    assertThat(outcome.reason()).isEmpty();
    assertThat(outcome.ending()).isEqualTo(Ending.DONE);
    List<RunEvent.StepCompleted> steps = of(RunEvent.StepCompleted.class);
    assertThat(steps).hasSize(30);
    assertThat(steps).extracting(RunEvent.StepCompleted::step).isSorted();
    assertThat(steps)
        .allSatisfy(
            s -> {
              assertThat(s.staleness().max()).isLessThanOrEqualTo(2);
              assertThat(s.staleness().violations()).isZero();
            });
    assertThat(of(RunEvent.ParityChecked.class)).singleElement().matches(p -> p.passed());
    double first =
        steps.subList(0, 5).stream()
            .mapToDouble(s -> s.batch().rewardMean())
            .average()
            .orElseThrow();
    double last =
        steps.subList(25, 30).stream()
            .mapToDouble(s -> s.batch().rewardMean())
            .average()
            .orElseThrow();
    assertThat(last).isGreaterThan(first + 0.1);
    assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.RunFinished.class);
    assertThat(runDir.resolve("rollouts/step-000030.pb.zst")).exists();
    LedgerAudit audit = LedgerAudit.of(runDir);
    audit.requireOneOutcomeEach();
    assertThat(audit.trained()).isEqualTo(90);
  }

  @Test
  void damagedTrajectoriesAreCountedAndTheirGroupsSampledAgain() throws Exception {
    ToyParts parts =
        ToySettings.parts(200_000)
            .damaging(
                t -> {
                  if (t.key().attempt() > 0 || t.key().member() != 1) {
                    return t;
                  }
                  return switch ((int) (t.key().ordinal() % 5)) {
                    case 1 -> Damage.weights(t);
                    case 2 -> Damage.ids(t);
                    case 3 -> Damage.method(t);
                    case 4 -> Damage.sizes(t);
                    default -> t;
                  };
                });
    RunOutcome outcome =
        RunLauncher.startLocal(ToySettings.of(10, 2), runDir, events::add, false, parts).await();
    assertThat(outcome.reason()).isEmpty();
    assertThat(outcome.ending()).isEqualTo(Ending.DONE);
    assertThat(of(RunEvent.StepCompleted.class)).hasSize(10);
    assertThat(of(RunEvent.MembersRefused.class))
        .extracting(RunEvent.MembersRefused::reason)
        .contains("invalid weights", "invalid ids", "another method");
    assertThat(of(RunEvent.GroupSetback.class))
        .filteredOn(e -> e.reason().contains("refused"))
        .isNotEmpty()
        .allSatisfy(
            e -> {
              assertThat(e.outcome()).isEqualTo("requeued");
              assertThat(e.reason()).startsWith("member 1 refused, ");
            });
    LedgerAudit audit = LedgerAudit.of(runDir);
    audit.requireOneOutcomeEach();
    assertThat(audit.trained()).isEqualTo(30);
  }

  @Test
  void groupsOfAnotherMethodAreSampledAgainWhenARunGoesOnWithANewOne() throws Exception {
    ToyParts cooler = ToySettings.parts(200_000).damaging(Damage::method);
    RunOutcome first =
        RunLauncher.startLocal(ToySettings.at(0.5, 4, 2), runDir, events::add, false, cooler)
            .await();
    assertThat(first.ending()).isEqualTo(Ending.DONE);
    assertThat(of(RunEvent.MembersRefused.class))
        .filteredOn(e -> e.reason().equals("another method"))
        .isEmpty();
    int kept = new Checkpoints(runDir, 3).newest().orElseThrow().checkpoint().finished().size();
    events.clear();
    RunOutcome resumed = run(ToySettings.of(8, 2), runDir, true);
    assertThat(resumed.reason()).isEmpty();
    assertThat(resumed.steps()).isEqualTo(8);
    assertThat(of(RunEvent.MembersRefused.class))
        .filteredOn(e -> e.reason().equals("another method"))
        .hasSize(kept * 4);
    LedgerAudit.of(runDir).requireOneOutcomeEach();
  }

  @Test
  void aSynchronousRunIsContinuedBitForBit() throws Exception {
    Path whole = Files.createDirectory(runDir.resolve("whole"));
    Path parts = Files.createDirectory(runDir.resolve("parts"));
    run(ToySettings.of(7, 0), whole, false);
    run(ToySettings.of(3, 0), parts, false);
    RunOutcome resumed = run(ToySettings.of(7, 0), parts, true);
    assertThat(resumed.steps()).isEqualTo(7);
    assertThat(masters(parts).toFloats("logits")).isEqualTo(masters(whole).toFloats("logits"));
    LedgerAudit.of(parts).requireOneOutcomeEach();
    assertThat(LedgerAudit.of(parts).lines()).isEqualTo(LedgerAudit.of(whole).lines());
  }

  @Test
  void aRunThatHasAllItsStepsTrainsNoFurtherOneWhenItIsResumed() throws Exception {
    run(ToySettings.of(4, 1), runDir, false);
    events.clear();
    RunOutcome resumed = run(ToySettings.of(4, 1), runDir, true);
    assertThat(resumed.ending()).isEqualTo(Ending.DONE);
    assertThat(resumed.steps()).isEqualTo(4);
    assertThat(of(RunEvent.StepCompleted.class)).isEmpty();
  }

  @Test
  void anInterruptedRunLeavesACheckpointToGoOnFrom() throws Exception {
    RunHandle handle =
        RunLauncher.startLocal(
            ToySettings.of(0, 2), runDir, events::add, false, ToySettings.parts(1_000_000));
    while (of(RunEvent.StepCompleted.class).size() < 3) {
      Thread.sleep(20);
    }
    assertThat(handle.waits()).isNotNull();
    handle.interrupt();
    RunOutcome outcome = handle.await();
    assertThat(outcome.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(outcome.checkpoint()).isPresent();
    int steps = outcome.steps();
    events.clear();
    RunOutcome resumed = run(ToySettings.of(steps + 3, 2), runDir, true);
    assertThat(resumed.ending()).isEqualTo(Ending.DONE);
    assertThat(of(RunEvent.StepCompleted.class).get(0).step()).isEqualTo(steps + 1);
    LedgerAudit.of(runDir).requireOneOutcomeEach();
  }

  @Test
  void aDamagedCheckpointIsPassedOverAndNamed() throws Exception {
    run(ToySettings.of(6, 1), runDir, false);
    List<Path> checkpoints = new Checkpoints(runDir, 3).list();
    Path newest = checkpoints.get(checkpoints.size() - 1);
    Files.write(newest.resolve("masters.safetensors"), new byte[] {1}, StandardOpenOption.APPEND);
    events.clear();
    RunOutcome resumed = run(ToySettings.of(8, 1), runDir, true);
    assertThat(resumed.steps()).isEqualTo(8);
    RunEvent.RunStarted started = of(RunEvent.RunStarted.class).get(0);
    assertThat(started.note()).contains("v000006").contains("masters.safetensors");
    assertThat(started.version()).isEqualTo(4);
    LedgerAudit.of(runDir).requireOneOutcomeEach();
  }

  @Test
  void aCheckpointThatWasBeingReplacedIsFoundAndLeavesNothingBehind() throws Exception {
    run(ToySettings.of(6, 1), runDir, false);
    Path newest = runDir.resolve("checkpoints/v000006");
    Path replaced = Files.move(newest, newest.resolveSibling(".v000006.old"));
    RunOutcome resumed = run(ToySettings.of(6, 1), runDir, true);
    assertThat(resumed.version()).isEqualTo(6);
    assertThat(newest).exists();
    assertThat(replaced).doesNotExist();
    LedgerAudit.of(runDir).requireOneOutcomeEach();
  }

  @Test
  void nothingToResumeIsSaidAtOnce() throws IOException {
    Path empty = Files.createDirectory(runDir.resolve("empty"));
    assertThatThrownBy(() -> run(ToySettings.of(1, 0), empty, true))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("no checkpoint");
  }

  @Test
  void theSocketChannelTrainsLikeTheLocalOne() throws Exception {
    Path local = Files.createDirectory(runDir.resolve("local"));
    Path socket = Files.createDirectory(runDir.resolve("socket"));
    run(ToySettings.of(5, 0), local, false);
    run(ToySettings.of(5, 0, "socket", 0, List.of()), socket, false);
    assertThat(masters(socket).toFloats("logits")).isEqualTo(masters(local).toFloats("logits"));
  }

  private record Masters(ModelWeights weights) {
    float[] toFloats(String name) {
      return weights.get(name).toFloats();
    }
  }

  private static Masters masters(Path directory) {
    return new Masters(new Checkpoints(directory, 3).newest().orElseThrow().checkpoint().masters());
  }

  @Test
  void groupsOfAStepWithoutAFiniteGradientAreRecordedAsFailed() throws Exception {
    ToyParts toy = ToySettings.parts(200_000);
    RunParts parts =
        changing(
            RunParts.class,
            toy,
            "trainer",
            trainer ->
                changing(
                    PolicyTrainer.class,
                    (PolicyTrainer) trainer,
                    "train",
                    figures -> skipped((PolicyTrainer.TrainFigures) figures)));
    RunLauncher.startLocal(ToySettings.of(2, 0), runDir, events::add, false, parts).await();
    LedgerAudit audit = LedgerAudit.of(runDir);
    audit.requireOneOutcomeEach();
    assertThat(audit.count("trained")).isZero();
    assertThat(of(RunEvent.GroupSetback.class))
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.reason()).contains("not finite"));
  }

  private static PolicyTrainer.TrainFigures skipped(PolicyTrainer.TrainFigures f) {
    return new PolicyTrainer.TrainFigures(
        f.loss(),
        Double.NaN,
        f.learningRate(),
        true,
        f.klBehaviour(),
        f.ratioP99(),
        f.clipFraction(),
        f.kl(),
        f.metrics(),
        f.tokensTrained(),
        f.parity());
  }

  /** An object whose one method gives something else than the real one. */
  private static <T> T changing(
      Class<T> type, T real, String method, UnaryOperator<Object> change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              Object result = called.invoke(real, arguments);
              return called.getName().equals(method) ? change.apply(result) : result;
            }));
  }

  @Test
  void aTaskThatCannotMakeProblemsFailsTheRunAndSaysSo() throws Exception {
    RunParts parts = new ToyParts(5, ToySettings.SLOTS, 0, 7);
    RunOutcome outcome =
        RunLauncher.startLocal(ToySettings.of(0, 1), runDir, events::add, false, parts).await();
    assertThat(outcome.ending()).isEqualTo(Ending.FAILED);
    assertThat(outcome.reason()).contains("no training problem");
  }

  @Test
  void aRunInWhichNothingIsFinishedFailsAndNamesWhoWaits() throws Exception {
    ToyParts parts = ToySettings.parts(200_000).stuck(k -> true);
    RunSettings settings = ToySettings.hurried(6, Duration.ofMinutes(2), Duration.ofSeconds(2));
    RunOutcome outcome =
        RunLauncher.startLocal(settings, runDir, events::add, false, parts).await();
    assertThat(outcome.ending()).isEqualTo(Ending.FAILED);
    assertThat(outcome.reason()).contains("waits for").contains("generator-0");
  }
}
