package io.amalgam.policy.train;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.FeatureBatch;
import io.amalgam.policy.kernel.ForwardPass;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryCodec;
import io.amalgam.policy.train.loss.ClipRange;
import io.amalgam.policy.train.loss.ClippedLoss;
import io.amalgam.policy.train.loss.LossBatch;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding and replay of mixtures of the most probable tokens, with and without a likelihood. */
class TopCandidateReplayTest {
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 6, 7);
  private static final PhasePolicy NEVER_ANSWERS =
      PhasePolicy.until(new EndMarker.Ids(new int[] {21, 21, 21}));

  static List<MethodSpec> methods() {
    return List.of(
        spec("soft-thinking", 2),
        spec("soft-thinking", 5, "representative", "weight-draw", "top-p", "0.6"),
        spec("moi", 2),
        spec("moi", 4, "top-p", "0.8", "beta", "0.5"),
        spec("moi", 3, "likelihood", "surrogate-stop-gradient"),
        spec("nucleus", 3),
        spec("nucleus", 6, "representative", "heaviest"),
        spec("nucleus", 3, "likelihood", "surrogate"),
        spec("nucleus", 3, "likelihood", "surrogate-stop-gradient"),
        spec("nucleus", 3, "likelihood", "none"),
        spec("lepo", 3),
        spec("lepo", 6, "tau", "1", "top-k", "4"),
        spec("lepo", 2, "likelihood", "representative"));
  }

  private static boolean hasNone(MethodSpec method) {
    return method.method().equals("soft-thinking")
        || "none".equals(method.parameters().get("likelihood"));
  }

  private static List<Trajectory> rollouts(MethodSpec method, PhasePolicy phases, int members) {
    List<Trajectory> all = new ArrayList<>();
    try (GenerationModel model =
            GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
        DecodeBatch batch = new DecodeBatch(model, settings(method, phases, 3), 4)) {
      batch.admit(group(0, members, 14, 1, 2));
      all.addAll(batch.stepToEnd());
    }
    all.sort(Comparator.comparingInt(t -> t.key().member()));
    return all;
  }

  private static TrainableModel trainable() {
    return TrainableModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute(), true);
  }

  private static Replay replay(TrainableModel model) {
    PolicyLoss loss =
        new ClippedLoss(
            PolicyLoss.Settings.standard(), new ClipRange(.2, .28, OptionalDouble.empty()));
    return new Replay(model, loss, new ReplaySettings(1000, false, false));
  }

  private static List<ReplaySample> samples(List<Trajectory> all) {
    List<ReplaySample> out = new ArrayList<>();
    for (Trajectory t : all) {
      out.add(new ReplaySample(t, out.size() % 2 == 0 ? 1 : -.5));
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void atTheSameWeightsTheReplayedLogProbsAreTheRecordedOnes(MethodSpec method) {
    List<Trajectory> all = rollouts(method, PHASES, 6);
    try (TrainableModel model = trainable()) {
      Replay replay = replay(model);
      ReplayReport r = replay.accumulate(samples(all), 4);
      assertThat(r.mismatchMax()).isLessThan(1e-4);
      assertThat(r.ratioMean()).isCloseTo(1, within(1e-4));
      assertThat(r.clipFraction()).isZero();
      assertThat(model.gradientNorm()).isPositive();
      List<double[]> scores = replay.score(all);
      for (int i = 0; i < all.size(); i++) {
        Trajectory t = all.get(i);
        int at = 0;
        for (int p = 0; p < t.length(); p++) {
          for (int j = 0; j < t.terms()[p]; j++) {
            assertThat(scores.get(i)[at++])
                .isCloseTo(t.logProbs()[p * method.k() + j], within(1e-4));
          }
        }
        assertThat(scores.get(i)).hasSize(at);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyPositionIsKeptAndOnlyThoseWithoutALikelihoodAreMasked(MethodSpec method) {
    List<Trajectory> all = rollouts(method, PHASES, 6);
    List<ReplaySample> samples = samples(all);
    ReplayMicroBatch micro =
        new ReplayMicroBatch(samples, MethodCatalog.create(method).likelihood());
    LossBatch batch;
    try (TrainableModel model = trainable();
        ForwardPass pass = model.forward(micro.packed(false, TinyModel.CONFIG.hiddenSize()))) {
      FeatureBatch features = pass.features();
      batch = micro.lossBatch(features, micro.logProbs(features));
    }
    assertThat(batch.positions()).isEqualTo(all.stream().mapToInt(Trajectory::length).sum());
    int mixtures = 0;
    int position = 0;
    for (Trajectory t : all) {
      for (int p = 0; p < t.length(); p++, position++) {
        boolean mixture = PositionFlag.MIXTURE.in(t.flags()[p]);
        boolean none = PositionFlag.FORCED.in(t.flags()[p]) || (mixture && hasNone(method));
        assertThat(t.terms()[p]).isEqualTo((byte) (none ? 0 : 1));
        assertThat(batch.mask()[position]).isEqualTo(!none);
        mixtures += mixture && t.slots()[p] > 1 ? 1 : 0;
      }
    }
    assertThat(mixtures).isPositive();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theCodecKeepsThem(MethodSpec method) {
    for (Trajectory t : rollouts(method, PHASES, 3)) {
      assertThat(TrajectoryCodec.decode(TrajectoryCodec.encode(t), TinyModel.VOCABULARY))
          .usingRecursiveComparison()
          .isEqualTo(t);
    }
  }

  @Test
  void aSequenceWithoutAnyLikelihoodTeachesNothingAndDisturbsNothing() {
    MethodSpec method = spec("soft-thinking", 3);
    List<Trajectory> silent = rollouts(method, NEVER_ANSWERS, 2);
    for (Trajectory t : silent) {
      assertThat(t.mixtureLength()).isEqualTo(t.length());
      assertThat(t.terms()).containsOnly(0);
      assertThat(t.meanEntropy()).isPositive();
    }
    List<Trajectory> speaking = rollouts(method, PHASES, 2);
    try (TrainableModel model = trainable()) {
      Replay replay = replay(model);
      assertThat(replay.accumulate(samples(silent), 4).replayed()).isZero();
      assertThat(model.gradientNorm()).isZero();
      assertThat(replay.score(silent)).allSatisfy(s -> assertThat(s).isEmpty());
      List<Trajectory> both = new ArrayList<>(silent);
      both.addAll(speaking);
      ReplayReport r = replay.accumulate(samples(both), 4);
      assertThat(r.replayed()).isEqualTo(2);
      assertThat(r.loss()).isFinite();
      assertThat(model.gradientNorm()).isPositive().isFinite();
    }
  }

  /** The answer is scored from the mixtures before it, so their weights matter to it. */
  @Test
  void mixturesWithoutALikelihoodAreStillFed() {
    MethodSpec method = spec("soft-thinking", 3, "top-p", "1");
    Trajectory t = rollouts(method, PHASES, 1).get(0);
    try (TrainableModel model = trainable()) {
      Replay replay = replay(model);
      double[] before = replay.score(List.of(t)).get(0);
      t.weights()[0] = 0;
      t.weights()[1] += 1 - t.weights()[1] - t.weights()[2];
      assertThat(replay.score(List.of(t)).get(0)[0]).isNotEqualTo(before[0]);
    }
  }

  @Test
  void oneSlotDecodesLikeTheDiscreteArmBitForBit() {
    for (String name : List.of("moi", "lepo")) {
      MethodSpec one = spec(name, 1, "top-k", "0", "top-p", "0.9");
      List<Trajectory> discrete = rollouts(spec("discrete", 1, "top-p", "0.9"), PHASES, 3);
      assertThat(rollouts(one, PHASES, 3))
          .usingRecursiveComparison()
          .ignoringFields("method")
          .isEqualTo(discrete);
    }
  }
}
