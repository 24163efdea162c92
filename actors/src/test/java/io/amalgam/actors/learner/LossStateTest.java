package io.amalgam.actors.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.train.loss.AdaptiveEntropy;
import io.amalgam.policy.train.loss.LossCatalog;
import io.amalgam.policy.train.loss.PolicyLoss;
import io.amalgam.verifiers.curriculum.CurriculumState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loss carries from step to step, and through a checkpoint. */
class LossStateTest {
  @TempDir Path directory;

  @Test
  void anAdaptiveBonusFollowsTheEntropyOfTheSteps() {
    Losses losses =
        new Losses(Optional.of(new AdaptiveEntropy(0.2, 0.005, 1, 0)), 0, LossStateTest::loss);
    Optional<AdaptiveEntropy.State> state = losses.start();
    assertThat(losses.loss(state).settings().entropy()).isZero();
    state = losses.after(losses.after(state, 0.1), 0.1);
    assertThat(losses.loss(state).settings().entropy()).isCloseTo(0.01, within(1e-15));
    state = losses.after(state, 0.3);
    assertThat(losses.loss(state).settings().entropy()).isZero();
  }

  @Test
  void aFixedLossHasNoState() {
    PolicyLoss loss = loss(0.02);
    Losses losses = Losses.always(loss);
    assertThat(losses.start()).isEmpty();
    assertThat(losses.after(losses.start(), 0.1)).isEmpty();
    assertThat(losses.loss(losses.start())).isSameAs(loss);
  }

  @Test
  void theStateSurvivesACheckpointBitByBit() {
    SortedMap<String, Double> state =
        new TreeMap<>(Map.of("entropy_weight", 0.1 + 0.2, "last_entropy", 1.0 / 3));
    ModelWeights weights =
        new ModelWeights(new TreeMap<>(Map.of("w", HostTensor.ofFloats(new float[] {1}, 1))));
    Checkpoint.Position position =
        new Checkpoint.Position(
            "run", 0, 3, 3, 1, 7, Duration.ofSeconds(1), CurriculumState.initial(), 0);
    Checkpoints checkpoints = new Checkpoints(directory, 1);
    checkpoints.write(
        new Checkpoint(
            position,
            TrainedState.of(weights, new OptimiserState(3, weights, weights), Optional.empty()),
            state,
            List.of()));
    Checkpoint read = checkpoints.newest().orElseThrow().checkpoint();
    assertThat(read.lossState()).isEqualTo(state);
    assertThat(read.position()).isEqualTo(position);
    assertThat(read.optimiser().steps()).isEqualTo(3);
  }

  private static PolicyLoss loss(double weight) {
    return LossCatalog.create("grpo", Map.of("entropy", Double.toString(weight)));
  }
}
