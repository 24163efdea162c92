package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.Replay;
import io.amalgam.policy.train.ReplayReport;
import io.amalgam.policy.train.ReplaySettings;
import io.amalgam.policy.train.advantage.AdvantageCatalog;
import io.amalgam.policy.train.advantage.RewardGroup;
import io.amalgam.policy.train.loss.LossBatch;
import io.amalgam.policy.train.loss.LossCatalog;
import io.amalgam.policy.train.loss.LossResult;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must hold of learning with every method of the catalogue: invariants 16 to 20. Micro-batches
 * and broken steps are in {@code train/ReplayTest}, the losses' gradients in {@code train/loss}.
 */
class TrainingInvariantsTest {
  private static final AdamWSettings ADAM = new AdamWSettings(1e-3, .9, .99, 1e-8, 0, 1);

  /** Methods whose one slot is something else than one ordinary draw. */
  private static final Set<String> NOT_DISCRETE_AT_ONE = Set.of("greedy");

  /** Advantages that hold rewards against a fixed threshold. */
  private static final Set<String> ABSOLUTE = Set.of("pass-at-k");

  static List<MethodSpec> methods() {
    return CatalogMethods.defaults().stream()
        .filter(s -> CatalogMethods.trains(MethodCatalog.create(s)))
        .toList();
  }

  private static PolicyLoss loss(String type) {
    return LossCatalog.create(type, Map.of());
  }

  private static Replay replay(TrainableModel model, PolicyLoss loss) {
    return new Replay(model, loss, new ReplaySettings(1000, false, false));
  }

  /** Invariant 16: ratio 1, loss −mean A, and the gradient is that of −A log π. */
  @ParameterizedTest
  @MethodSource("methods")
  void onPolicyTheStepIsReinforce(MethodSpec method) {
    List<Trajectory> all = TinyRollouts.roll(TinyModel.weights(1), method, TinyRollouts.PHASES, 4);
    double[] advantages = {1, -.5, .25, -2};
    double sum = 0;
    int positions = 0;
    for (int i = 0; i < all.size(); i++) {
      for (byte terms : all.get(i).terms()) {
        sum += advantages[i] * terms;
        positions += terms > 0 ? 1 : 0;
      }
    }
    try (TrainableModel clipped = TinyRollouts.trainable();
        TrainableModel reinforce = TinyRollouts.trainable()) {
      ReplayReport r =
          replay(clipped, loss("dapo")).accumulate(TinyRollouts.samples(all, advantages), 4);
      assertThat(r.ratioMean()).isCloseTo(1, within(1e-4));
      assertThat(r.loss()).isCloseTo(-sum / positions, within(1e-9));
      // CISPO's term is −A log π with a weight that is 1 on-policy.
      replay(reinforce, loss("cispo")).accumulate(TinyRollouts.samples(all, advantages), 4);
      assertThat(clipped.gradientNorm()).isPositive();
      assertClose(clipped.gradients(), reinforce.gradients(), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"decoupled", "dapo", "async", "cispo"})
  @DisplayName("Invariant 16: the gradient of each term is -A over the number of positions")
  void onPolicyTermsHaveTheGradientOfReinforce(String type) {
    double[] logProbs = {-1, -2, -.5, -3, -.1, -2.5};
    LossBatch batch =
        LossBatch.of(
                new int[] {0, 2, 4},
                new int[] {0, 2, 3, 5, 6},
                new double[] {1.5, -.75},
                new boolean[] {true, true, true, true},
                logProbs)
            .withOld(logProbs)
            .withBehaviour(logProbs);
    LossResult result = loss(type).evaluate(batch);
    double[] expected = {-1.5, -1.5, -1.5, .75, .75, .75};
    for (int q = 0; q < 6; q++) {
      assertThat(result.gradient()[q]).isCloseTo(expected[q] / 4, within(1e-12));
    }
    if (!type.equals("cispo")) {
      assertThat(result.loss()).isCloseTo(Arrays.stream(expected).sum() / 4, within(1e-12));
    }
  }

  /** Invariant 17: equal rewards give advantage 0, and that gives no gradient. */
  @ParameterizedTest
  @MethodSource("methods")
  void aGroupWithoutVarianceHasNoGradient(MethodSpec method) {
    List<Trajectory> all = TinyRollouts.roll(TinyModel.weights(1), method, TinyRollouts.PHASES, 3);
    for (String estimator : AdvantageCatalog.types()) {
      double[] advantages = advantages(estimator, .7, .7, .7);
      assertThat(advantages).as(estimator).containsOnly(0);
      try (TrainableModel model = TinyRollouts.trainable()) {
        replay(model, loss("dapo")).accumulate(TinyRollouts.samples(all, advantages), 4);
        assertThat(model.gradientNorm()).isZero();
      }
    }
  }

  /** Invariant 18: a constant in all rewards changes neither advantages nor the update. */
  @ParameterizedTest
  @MethodSource("methods")
  void aConstantInAllRewardsLeavesTheUpdateUnchanged(MethodSpec method) {
    double[] rewards = {1, .25, 0, .5};
    double[] shifted = Arrays.stream(rewards).map(r -> r + 8).toArray();
    for (String estimator : AdvantageCatalog.types()) {
      if (ABSOLUTE.contains(estimator)) {
        continue;
      }
      double[] a = advantages(estimator, rewards);
      double[] b = advantages(estimator, shifted);
      for (int i = 0; i < a.length; i++) {
        assertThat(b[i]).as(estimator).isCloseTo(a[i], within(1e-12));
      }
    }
    List<Trajectory> all = TinyRollouts.roll(TinyModel.weights(1), method, TinyRollouts.PHASES, 4);
    List<ModelWeights> after = new ArrayList<>();
    for (double[] r : List.of(rewards, shifted)) {
      try (TrainableModel model = TinyRollouts.trainable()) {
        replay(model, loss("dapo"))
            .train(TinyRollouts.samples(all, advantages("group_mean", r)), ADAM, 4);
        after.add(model.masters());
      }
    }
    assertSame(after.get(0), after.get(1));
  }

  private static double[] advantages(String estimator, double... rewards) {
    return AdvantageCatalog.create(estimator)
        .estimate(List.of(RewardGroup.of(rewards)))
        .values()
        .get(0);
  }

  /** Every method and likelihood that can have one slot, and trains. */
  static List<MethodSpec> oneSlot() {
    return CatalogMethods.all(
            m -> m.spec().k() == 1 && !NOT_DISCRETE_AT_ONE.contains(m.spec().method()))
        .stream()
        .map(MixtureMethod::spec)
        .toList();
  }

  @Test
  @DisplayName("Invariant 19: every step with one slot is that of discrete, bit for bit")
  void oneSlotIsOrdinarySampling() {
    for (MethodSpec spec : oneSlot()) {
      MixtureMethod m = MethodCatalog.create(spec);
      MixtureMethod discrete = MethodCatalog.create(discrete(spec));
      assertThat(m.request().draws()).isEqualTo(1);
      for (int position = 0; position < 200; position++) {
        io.amalgam.policy.random.DrawKey key =
            new io.amalgam.policy.random.DrawKey(3, 1, 2, position);
        assertThat(ToyRow.old().step(m, key))
            .as(spec.toString())
            .usingRecursiveComparison()
            .isEqualTo(ToyRow.old().step(discrete, key));
      }
    }
  }

  /** Invariant 19: ids, losses and weights of three optimiser steps. */
  @Test
  void oneSlotTrainsLikeDiscreteBitForBit() {
    Map<MethodSpec, Arm> discrete = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    int compared = 0;
    for (MethodSpec spec : CatalogMethods.defaults(1)) {
      if (spec.k() != 1 || NOT_DISCRETE_AT_ONE.contains(spec.method())) {
        continue;
      }
      Arm expected = discrete.computeIfAbsent(discrete(spec), TrainingInvariantsTest::threeSteps);
      Arm arm = threeSteps(spec);
      assertThat(arm.ids()).as(spec.toString()).isEqualTo(expected.ids());
      assertThat(arm.losses()).as(spec.toString()).isEqualTo(expected.losses());
      assertSame(expected.masters(), arm.masters());
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(4);
  }

  /** Ordinary sampling with the same filter. */
  private static MethodSpec discrete(MethodSpec spec) {
    return MethodCatalog.create(
            new MethodSpec("discrete", 1, spec.temperature(), CandidateFilter.among(spec)))
        .spec();
  }

  private record Arm(List<List<Integer>> ids, List<Double> losses, ModelWeights masters) {}

  private static Arm threeSteps(MethodSpec method) {
    List<List<Integer>> ids = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    try (TrainableModel model = TinyRollouts.trainable()) {
      Replay replay = replay(model, loss("decoupled"));
      for (int step = 0; step < 3; step++) {
        List<Trajectory> all = TinyRollouts.roll(model.published(), method, TinyRollouts.PHASES, 4);
        all.forEach(t -> ids.add(Arrays.stream(t.ids()).boxed().toList()));
        losses.add(replay.train(TinyRollouts.samples(all, 1, -.5, -.5, .75), ADAM, step).loss());
      }
      return new Arm(ids, losses, model.masters());
    }
  }

  /** Invariant 20: what is recorded where there is no likelihood, and in unused slots, is idle. */
  @ParameterizedTest
  @MethodSource("methods")
  void maskedPositionsContributeNothing(MethodSpec method) {
    List<Trajectory> all = TinyRollouts.roll(TinyModel.weights(1), method, TinyRollouts.FORCED, 3);
    try (TrainableModel before = TinyRollouts.trainable();
        TrainableModel after = TinyRollouts.trainable()) {
      double loss =
          replay(before, loss("decoupled")).accumulate(TinyRollouts.samples(all, 1, -.5), 4).loss();
      int forced = all.stream().mapToInt(TrainingInvariantsTest::perturb).sum();
      assertThat(forced).isEqualTo(6);
      assertThat(
              replay(after, loss("decoupled"))
                  .accumulate(TinyRollouts.samples(all, 1, -.5), 4)
                  .loss())
          .isEqualTo(loss);
      assertThat(before.gradientNorm()).isPositive();
      assertSame(before.gradients(), after.gradients());
    }
  }

  /** Changes everything idle in place; the number of forced positions. */
  private static int perturb(Trajectory t) {
    int k = t.method().k();
    int width = t.auxiliary().length / t.length();
    int forced = 0;
    for (int p = 0; p < t.length(); p++) {
      if (PositionFlag.FORCED.in(t.flags()[p])) {
        forced++;
        assertThat(t.terms()[p]).isZero();
        Arrays.fill(t.logProbs(), p * k, (p + 1) * k, 3f);
        Arrays.fill(t.auxiliary(), p * width, (p + 1) * width, -7f);
        t.thresholds()[p] = .9f;
        t.supports()[p] = .8f;
        t.entropies()[p] = 11;
      }
      for (int j = t.terms()[p]; j < k; j++) {
        t.logProbs()[p * k + j] = 5;
      }
    }
    return forced;
  }

  private static void assertSame(ModelWeights expected, ModelWeights actual) {
    assertClose(expected, actual, 0);
  }

  private static void assertClose(ModelWeights expected, ModelWeights actual, double by) {
    for (Map.Entry<String, HostTensor> entry : expected.tensors().entrySet()) {
      float[] a = entry.getValue().toFloats();
      float[] b = actual.get(entry.getKey()).toFloats();
      assertThat(b).hasSameSizeAs(a);
      for (int i = 0; i < a.length; i++) {
        if (a[i] != b[i]) {
          assertThat((double) b[i]).as(entry.getKey()).isCloseTo(a[i], within(by));
        }
      }
    }
  }
}
