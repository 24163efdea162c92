package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.learner.Checkpoint;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.kernel.TrainableSettings;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import io.amalgam.policy.model.lora.PeftDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that train an adapter of a real model with random weights. */
class LoraRunTest {
  private static final RunSettings.Lora LORA =
      new RunSettings.Lora(Optional.of(LoraSpec.ofAllLinears(2, 8)), 3);

  @TempDir static Path directory;

  private static Path model = Path.of("");

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final Map<Long, ModelWeights> sampledWith = new ConcurrentHashMap<>();

  @BeforeAll
  static void makeModel() throws Exception {
    model = TinyModel.write(directory);
  }

  private static RunSettings settings(int steps, int maxStaleness, RunSettings.Lora lora) {
    return settings(steps, maxStaleness, lora, Optional.empty());
  }

  private static RunSettings settings(
      int steps, int maxStaleness, RunSettings.Lora lora, Optional<Path> adapter) {
    RunSettings s = TinyModel.settings(model, steps, maxStaleness);
    return TinyModel.with(
        s,
        new RunSettings.Model(model.toString(), adapter, 0, "auto", "none", 0),
        lora,
        s.learner().kl());
  }

  private Path newRun(String name) throws Exception {
    return Files.createDirectory(directory.resolve(name));
  }

  private RunOutcome run(RunSettings settings, Path runDir, boolean resume)
      throws InterruptedException {
    RunParts parts = new WatchedParts(TinyModel.parts(settings), sampledWith);
    return RunLauncher.startLocal(settings, runDir, events::add, resume, parts).await();
  }

  private <T extends RunEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Checkpoint newest(Path runDir) {
    return new Checkpoints(runDir, 3).newest().orElseThrow().checkpoint();
  }

  /** What decodes is bit for bit what the learner's kernels compute with. */
  @Test
  void generatorsDecodeWithTheLearnersMergedWeights() throws Exception {
    Path runDir = newRun("async");
    RunOutcome outcome = run(settings(6, 2, LORA), runDir, false);
    assertThat(outcome.reason()).isEmpty();
    assertThat(outcome.ending()).isEqualTo(Ending.DONE);
    assertThat(of(RunEvent.ParityChecked.class))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.terms()).isPositive();
              assertThat(p.maxDifference()).isLessThanOrEqualTo(1e-4);
            });
    int compared = 0;
    try (LoadedPolicy policy = LoadedPolicy.open(model)) {
      for (Path stored : new Checkpoints(runDir, 3).list()) {
        Checkpoint checkpoint =
            new Checkpoints(only(stored), 3).newest().orElseThrow().checkpoint();
        Optional<ModelWeights> used =
            Optional.ofNullable(sampledWith.get(checkpoint.position().version()));
        LoraAdapter adapter = checkpoint.adapter().orElseThrow();
        assertThat(adapter.spec()).isEqualTo(LORA.spec().orElseThrow());
        try (TrainableModel learner =
            TrainableModel.load(
                policy.config(),
                policy.base(),
                new ComputeSettings(1, ComputeFormat.F32, "cpu"),
                TrainableSettings.lora(true, adapter))) {
          assertSame(checkpoint.published(policy), learner.published());
          if (used.isPresent()) {
            assertSame(used.get(), learner.published());
            compared++;
          }
        }
      }
      assertThat(newest(runDir).published(policy).get("model.layers.0.mlp.up_proj.weight").bytes())
          .isNotEqualTo(policy.base().get("model.layers.0.mlp.up_proj.weight").bytes());
    }
    assertThat(compared).isPositive();
    LedgerAudit.of(runDir).requireOneOutcomeEach();
  }

  /** A run directory that holds one checkpoint of another. */
  private static Path only(Path checkpoint) throws Exception {
    Path runDir = Files.createTempDirectory(directory, "one");
    Path to =
        Files.createDirectories(runDir.resolve("checkpoints").resolve(checkpoint.getFileName()));
    try (var files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return runDir;
  }

  @Test
  void aSynchronousRunIsContinuedBitForBit() throws Exception {
    Path whole = newRun("whole");
    Path parts = newRun("parts");
    run(settings(5, 0, LORA), whole, false);
    run(settings(3, 0, LORA), parts, false);
    run(settings(5, 0, LORA), parts, true);
    Checkpoint one = newest(whole);
    Checkpoint two = newest(parts);
    assertThat(one.adapter()).isPresent();
    assertSame(two.masters(), one.masters());
    assertSame(two.optimiser().first(), one.optimiser().first());
    assertSame(two.optimiser().second(), one.optimiser().second());
    assertThat(LedgerAudit.of(parts).lines()).isEqualTo(LedgerAudit.of(whole).lines());
  }

  @Test
  void anAdapterIsPublishedAloneAndCheckpointsHoldNothingElse() throws Exception {
    Path full = newRun("full");
    Path lora = newRun("lora");
    run(settings(3, 0, RunSettings.Lora.none()), full, false);
    long fullUpdate = lastUpdate();
    long fullCheckpoint = size(new Checkpoints(full, 3).list().get(0));
    events.clear();
    LoraSpec spec = new LoraSpec(2, 8, EnumSet.of(LoraTarget.QUERY, LoraTarget.VALUE), false);
    run(settings(3, 0, new RunSettings.Lora(Optional.of(spec), 1)), lora, false);
    long update = lastUpdate();
    System.out.printf(
        "bytes of an update: full %d, adapter %d; of a checkpoint: %d, %d%n",
        fullUpdate, update, fullCheckpoint, size(new Checkpoints(lora, 3).list().get(0)));
    assertThat(update).isPositive().isLessThan(fullUpdate / 6);
    assertThat(size(new Checkpoints(lora, 3).list().get(0))).isLessThan(fullCheckpoint / 6);
    assertThat(of(RunEvent.Swapped.class)).isNotEmpty();
    assertThat(of(RunEvent.Swapped.class))
        .allSatisfy(s -> assertThat(s.bytes()).isLessThan(fullUpdate));
  }

  private long lastUpdate() {
    List<RunEvent.StepCompleted> steps = of(RunEvent.StepCompleted.class);
    return steps.get(steps.size() - 1).timing().publishBytes();
  }

  private static long size(Path checkpoint) throws Exception {
    try (var files = Files.list(checkpoint)) {
      return files
          .filter(f -> f.toString().endsWith(".safetensors"))
          .mapToLong(f -> f.toFile().length())
          .sum();
    }
  }

  @Test
  void aGivenAdapterIsTrainedOn() throws Exception {
    Path first = newRun("first");
    run(settings(2, 0, LORA), first, false);
    LoraAdapter trained = newest(first).adapter().orElseThrow();
    Path adapter = directory.resolve("adapter");
    PeftDirectory.save(adapter, trained, model.toString());
    sampledWith.clear();
    Path second = newRun("second");
    run(settings(1, 0, LORA, Optional.of(adapter)), second, false);
    assertThat(newest(second).adapter().orElseThrow().spec()).isEqualTo(trained.spec());
    try (LoadedPolicy policy = LoadedPolicy.open(model)) {
      assertSame(sampledWith.get(0L), newest(first).published(policy));
    }
    RunSettings other =
        settings(
            1,
            0,
            new RunSettings.Lora(Optional.of(LoraSpec.ofAllLinears(4, 8)), 1),
            Optional.of(adapter));
    Path third = newRun("third");
    assertThatThrownBy(() -> run(other, third, false))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "an adapter of rank 2, alpha 8.0 on all-linear, learner.lora asks for an adapter of rank 4");
  }

  @Test
  void aRunIsNotResumedWithAnotherShape() throws Exception {
    Path runDir = newRun("shape");
    run(settings(1, 0, LORA), runDir, false);
    assertThatThrownBy(() -> run(settings(2, 0, RunSettings.Lora.none()), runDir, true))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("holds an adapter of rank 2")
        .hasMessageContaining("learner.lora asks for the whole model");
  }

  private static void assertSame(ModelWeights a, ModelWeights b) {
    assertThat(a.tensors().keySet()).isEqualTo(b.tensors().keySet());
    a.tensors()
        .forEach(
            (name, t) -> {
              assertThat(t.dtype()).isEqualTo(b.get(name).dtype());
              assertThat(t.bytes()).as(name).isEqualTo(b.get(name).bytes());
            });
  }
}
