package io.amalgam.policy.train;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.loss.BehaviourCorrection;
import io.amalgam.policy.train.loss.ClipRange;
import io.amalgam.policy.train.loss.ClippedLoss;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final AdamWSettings ADAM = new AdamWSettings(1e-3, .9, .99, 1e-8, 0, 1);
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 6, 7);

  static List<MethodSpec> methods() {
    return List.of(
        spec("discrete", 1),
        spec("different-tokens", 2, "collapse", "0.1"),
        spec("different-tokens", 3),
        spec("different-tokens", 2, "likelihood", "surrogate"),
        spec("dirichlet", 2),
        spec("dirichlet", 3, "likelihood", "representative"),
        spec("dirichlet", 2, "likelihood", "surrogate-stop-gradient"),
        spec("different-tokens", 2, "likelihood", "surrogate-stop-gradient", "collapse", "0.1"),
        spec("element-wise-max", 3),
        spec("element-wise-max", 2, "likelihood", "surrogate", "representative", "heaviest"),
        spec("gaussian", 3),
        spec("gaussian", 2, "form", "fuzzy", "sigma", "1"),
        spec("gaussian", 4, "form", "hard"),
        spec("multiplex", 3));
  }

  private static TrainableModel trainable() {
    return TrainableModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute(), true);
  }

  private static List<Trajectory> rollouts(ModelWeights weights, MethodSpec method, int members) {
    List<Trajectory> all = new ArrayList<>();
    try (GenerationModel model =
            GenerationModel.load(TinyModel.CONFIG, weights, TinyModel.compute());
        DecodeBatch batch = new DecodeBatch(model, settings(method, PHASES, 3), 4)) {
      batch.admit(group(0, members, 14, 1, 2));
      while (batch.running() > 0) {
        all.addAll(batch.step());
      }
    }
    all.sort(Comparator.comparingInt(t -> t.key().member()));
    return all;
  }

  private static PolicyLoss loss() {
    return new ClippedLoss(
        PolicyLoss.Settings.standard(),
        new ClipRange(.2, .28, OptionalDouble.empty()),
        ClippedLoss.Proximal.OLD);
  }

  private static List<ReplaySample> samples(List<Trajectory> all, double... advantages) {
    List<ReplaySample> out = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      out.add(new ReplaySample(all.get(i), advantages[i % advantages.length]));
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void onPolicyTheRatioIsOneAndTheReplayedLogProbsAreTheRecordedOnes(MethodSpec method) {
    List<Trajectory> all = rollouts(TinyModel.weights(1), method, 6);
    try (TrainableModel model = trainable()) {
      Replay replay = new Replay(model, loss(), new ReplaySettings(1000, false, false));
      ReplayReport r = replay.accumulate(samples(all, 1, -1), 4);
      assertThat(r.mismatchMax()).isPositive().isLessThan(1e-4);
      assertThat(r.ratioMean()).isCloseTo(1, within(1e-4));
      assertThat(r.ratioP99()).isCloseTo(1, within(1e-4));
      assertThat(r.klBehaviour()).isCloseTo(0, within(1e-7));
      assertThat(r.clipFraction()).isZero();
      assertThat(r.replayed()).isEqualTo(6);
      assertThat(r.entropy()).isPositive();
      assertThat(model.gradientNorm()).isPositive();
      List<double[]> scores = replay.score(all);
      Trajectory first = all.get(0);
      int at = 0;
      for (int t = 0; t < first.length(); t++) {
        for (int j = 0; j < first.terms()[t]; j++) {
          assertThat(scores.get(0)[at++])
              .isCloseTo(first.logProbs()[t * method.k() + j], within(1e-4));
        }
      }
      assertThat(at).isEqualTo(scores.get(0).length);
    }
  }

  @Test
  void aGroupWithoutVarianceHasNoGradientAndTakesNoStep() {
    List<ReplaySample> flat = samples(rollouts(TinyModel.weights(1), spec("multiplex", 2), 4), 0);
    try (TrainableModel model = trainable()) {
      new Replay(model, loss(), new ReplaySettings(1000, false, false)).accumulate(flat, 4);
      assertThat(model.gradientNorm()).isZero();
      ModelWeights before = model.masters();
      ReplayReport r =
          new Replay(model, loss(), new ReplaySettings(1000, false, true)).train(flat, ADAM, 4);
      assertThat(r.replayed()).isZero();
      assertSame(before, model.masters());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theCutIntoMicroBatchesDoesNotMatter(MethodSpec method) {
    List<ReplaySample> s = samples(rollouts(TinyModel.weights(1), method, 6), 1, -.5, 0, .25);
    double whole;
    double loss;
    try (TrainableModel model = trainable()) {
      loss =
          new Replay(model, loss(), new ReplaySettings(10_000, false, false))
              .accumulate(s, 4)
              .loss();
      whole = model.gradientNorm();
    }
    for (boolean skip : new boolean[] {false, true}) {
      try (TrainableModel model = trainable()) {
        ReplayReport r =
            new Replay(model, loss(), new ReplaySettings(20, true, skip)).accumulate(s, 4);
        assertThat(r.loss()).isCloseTo(loss, within(1e-5));
        assertThat(model.gradientNorm()).isCloseTo(whole, within(1e-4 * whole));
        assertThat(r.trajectories()).isEqualTo(6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aStepMakesTheGoodLikelierThanTheBad(MethodSpec method) {
    List<Trajectory> all = rollouts(TinyModel.weights(1), method, 2);
    try (TrainableModel model =
        TrainableModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute(), false)) {
      Replay replay = new Replay(model, loss(), new ReplaySettings(1000, false, true));
      double before = gap(replay.score(all));
      ReplayReport r = replay.train(samples(all, 1, -1), ADAM, 4);
      assertThat(r.gradNorm()).isPositive();
      assertThat(r.skippedSteps()).isZero();
      assertThat(gap(replay.score(all))).isGreaterThan(before);
    }
  }

  private static double gap(List<double[]> scores) {
    double sum = 0;
    for (double x : scores.get(0)) {
      sum += x;
    }
    for (double x : scores.get(1)) {
      sum -= x;
    }
    return sum;
  }

  @Test
  void oneSlotTrainsLikeTheDiscreteArmBitForBit() {
    Arm discrete = train(spec("discrete", 1));
    for (String method : List.of("different-tokens", "multiplex", "element-wise-max", "gaussian")) {
      Arm other = train(spec(method, 1));
      assertThat(other.ids()).isEqualTo(discrete.ids());
      assertThat(other.losses()).isEqualTo(discrete.losses());
      assertSame(discrete.masters(), other.masters());
    }
  }

  /** What five optimiser steps of an arm sampled, lost and learned. */
  private record Arm(List<List<Integer>> ids, List<Double> losses, ModelWeights masters) {}

  private static Arm train(MethodSpec method) {
    List<List<Integer>> ids = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    try (TrainableModel model = trainable()) {
      Replay replay = new Replay(model, loss(), new ReplaySettings(60, false, true));
      for (int step = 0; step < 5; step++) {
        List<Trajectory> all = rollouts(model.published(), method, 4);
        all.forEach(t -> ids.add(Arrays.stream(t.ids()).boxed().toList()));
        losses.add(replay.train(samples(all, 1, -.5, -.5, .75), ADAM, step).loss());
      }
      return new Arm(ids, losses, model.masters());
    }
  }

  private static void assertSame(ModelWeights expected, ModelWeights actual) {
    for (var entry : expected.tensors().entrySet()) {
      HostTensor other = actual.get(entry.getKey());
      assertThat(other.toFloats()).isEqualTo(entry.getValue().toFloats());
    }
  }

  @Test
  void staleSamplesAreWeightedByTheirDistance() {
    List<Trajectory> all = rollouts(TinyModel.weights(2), spec("multiplex", 2), 4);
    PolicyLoss.Settings s = PolicyLoss.Settings.standard();
    PolicyLoss corrected =
        new ClippedLoss(
            new PolicyLoss.Settings(
                s.level(),
                s.slotReduce(),
                s.reduction(),
                s.constantLength(),
                BehaviourCorrection.truncatedTokens(2),
                s.offPolicyThreshold(),
                s.entropyQuantile(),
                s.kl(),
                s.klImportance(),
                s.entropy()),
            new ClipRange(.2, .2, OptionalDouble.empty()),
            ClippedLoss.Proximal.OLD);
    try (TrainableModel model = trainable()) {
      ReplayReport r =
          new Replay(model, corrected, new ReplaySettings(1000, false, true))
              .train(samples(all, 1, -1), ADAM, 9);
      assertThat(r.klBehaviour()).isPositive();
      assertThat(r.ratioP99()).isGreaterThan(1);
      // Nothing was sampled under version 9.
      assertThat(r.mismatchMax()).isZero();
      assertThat(r.metrics()).containsKey("sampling/importance_sampling_ratio/max");
      assertThat(r.metrics().get("sampling/importance_sampling_ratio/max")).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void severalStepsKeepTheProximalPolicyOfTheFirst() {
    List<Trajectory> all = rollouts(TinyModel.weights(1), spec("multiplex", 2), 4);
    List<ReplaySample> twice = new ArrayList<>(samples(all, 1, -1));
    twice.addAll(samples(all, 1, -1));
    AdamWSettings fast = new AdamWSettings(3e-2, .9, .99, 1e-8, 0, 1);
    try (TrainableModel model = trainable()) {
      ReplayReport r =
          new Replay(model, loss(), new ReplaySettings(1000, false, true)).train(twice, fast, 4, 2);
      assertThat(r.metrics().get("ratio/max")).isGreaterThan(1.01);
    }
  }

  /** With the larger advantage the gradient overflows before the step breaks. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e300})
  void aStepThatIsBrokenOffLeavesNothingBehind(double advantage) {
    List<Trajectory> all = rollouts(TinyModel.weights(1), spec("multiplex", 2), 4);
    // The longest go first, and of equals the earlier: the one replayed last breaks the step.
    all.sort(Comparator.comparingInt(Trajectory::length).reversed());
    all.get(3).terms()[0] = 1;
    try (TrainableModel model = trainable()) {
      Replay replay = new Replay(model, loss(), new ReplaySettings(1, false, true));
      ModelWeights before = model.masters();
      assertThatThrownBy(() -> replay.train(samples(all, advantage, -advantage), ADAM, 4))
          .hasMessageContaining("position 0");
      assertThat(model.gradientNorm()).isZero();
      assertSame(before, model.masters());
    }
  }

  @Test
  void methodsAreNotMixedInOneStep() {
    List<Trajectory> all = new ArrayList<>(rollouts(TinyModel.weights(1), spec("discrete", 1), 1));
    all.addAll(rollouts(TinyModel.weights(1), spec("multiplex", 2), 1));
    try (TrainableModel model = trainable()) {
      Replay replay = new Replay(model, loss(), new ReplaySettings(1000, false, true));
      assertThatThrownBy(() -> replay.train(samples(all, 1), ADAM, 0))
          .hasMessageContaining("mixes");
    }
  }
}
