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
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.ReferenceModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.loss.KlEstimator;
import io.amalgam.policy.train.loss.LossCatalog;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The KL term from the configuration of a loss to the gradient of the weights. */
class KlReplayTest {
  private static final AdamWSettings ADAM = new AdamWSettings(1e-2, .9, .99, 1e-8, 0, 1);
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 6, 7);
  private static final ReplaySettings WHOLE = new ReplaySettings(1000, false, true);

  static List<MethodSpec> methods() {
    return List.of(
        spec("discrete", 1),
        spec("different-tokens", 2, "collapse", "0.1"),
        spec("dirichlet", 2),
        spec("multiplex", 3),
        spec("multiplex", 2, "top-k", "8", "top-p", "0.9"));
  }

  private static TrainableModel policy(ModelWeights weights) {
    return TrainableModel.load(TinyModel.CONFIG, weights, TinyModel.compute(), false);
  }

  private static ReferenceModel reference(long seed) {
    return ReferenceModel.load(TinyModel.CONFIG, TinyModel.weights(seed), TinyModel.compute());
  }

  private static PolicyLoss loss(double kl, KlEstimator estimator) {
    return LossCatalog.create(
        "grpo", Map.of("kl", Double.toString(kl), "kl-estimator", estimator.label()));
  }

  private static List<Trajectory> rollouts(MethodSpec method) {
    List<Trajectory> all = new ArrayList<>();
    try (GenerationModel model =
            GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
        DecodeBatch batch = new DecodeBatch(model, settings(method, PHASES, 3), 4)) {
      batch.admit(group(0, 4, 14, 1, 2));
      while (batch.running() > 0) {
        all.addAll(batch.step());
      }
    }
    all.sort(Comparator.comparingInt(t -> t.key().member()));
    return all;
  }

  private static List<ReplaySample> samples(MethodSpec method, double advantage) {
    List<ReplaySample> out = new ArrayList<>();
    for (Trajectory t : rollouts(method)) {
      out.add(new ReplaySample(t, t.key().member() % 2 == 0 ? advantage : -advantage));
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void atEqualWeightsTheDivergenceAndItsGradientAreZeroAndAfterAStepItIsPositive(
      MethodSpec method) {
    List<ReplaySample> flat = samples(method, 0);
    try (TrainableModel model = policy(TinyModel.weights(1));
        ReferenceModel start = reference(1)) {
      Replay replay = new Replay(model, loss(1, KlEstimator.EXACT), WHOLE, Optional.of(start));
      ReplayReport r = replay.accumulate(flat, 4);
      assertThat(r.metrics().get("kl")).isCloseTo(0, within(1e-6));
      assertThat(r.loss()).isCloseTo(0, within(1e-6));
      assertThat(model.gradientNorm()).isLessThan(1e-6);
      model.zeroGradients();
      Replay teacher = new Replay(model, loss(0, KlEstimator.EXACT), WHOLE);
      teacher.train(samples(method, 1), ADAM, 4);
      double moved = replay.accumulate(flat, 4).metrics().get("kl");
      assertThat(moved).isGreaterThan(1e-5);
      assertThat(model.gradientNorm()).isPositive();
      model.zeroGradients();
      // The term alone leads back.
      for (int step = 0; step < 4; step++) {
        replay.train(flat, new AdamWSettings(1e-3, .9, .99, 1e-8, 0, 1), 4);
      }
      double last = replay.accumulate(flat, 4).metrics().get("kl");
      assertThat(last).isLessThan(moved);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theGradientOfTheWholeLossPredictsItsChange(MethodSpec method) {
    List<ReplaySample> s = samples(method, 1);
    ModelWeights start = TinyModel.weights(1);
    PolicyLoss loss = loss(.5, KlEstimator.EXACT);
    try (ReferenceModel reference = reference(2)) {
      ModelWeights g;
      double norm;
      try (TrainableModel model = policy(start)) {
        new Replay(model, loss, WHOLE, Optional.of(reference)).accumulate(s, 4);
        g = model.gradients();
        norm = model.gradientNorm();
      }
      // Without policy term, so that the ratio's value, fixed at 1, hides nothing.
      List<ReplaySample> flat = samples(method, 0);
      ModelWeights gk;
      double klNorm;
      try (TrainableModel model = policy(start)) {
        new Replay(model, loss, WHOLE, Optional.of(reference)).accumulate(flat, 4);
        gk = model.gradients();
        klNorm = model.gradientNorm();
      }
      // Small, so that no token crosses the border of a truncated position's set.
      double h = 2e-4;
      double up = value(moved(start, gk, h / klNorm), loss, flat, reference);
      double down = value(moved(start, gk, -h / klNorm), loss, flat, reference);
      assertThat((up - down) / (2 * h)).isCloseTo(klNorm, within(2e-2 * klNorm));
      // The gradient of the sum is the sum of the gradients.
      ModelWeights gp;
      try (TrainableModel model = policy(start)) {
        new Replay(model, loss(0, KlEstimator.EXACT), WHOLE).accumulate(s, 4);
        gp = model.gradients();
      }
      for (String name : g.tensors().keySet()) {
        float[] all = g.get(name).toFloats();
        float[] kl = gk.get(name).toFloats();
        float[] pg = gp.get(name).toFloats();
        for (int i = 0; i < all.length; i++) {
          assertThat((double) all[i]).isCloseTo(kl[i] + pg[i], within(1e-5 * (1 + norm)));
        }
      }
    }
  }

  private static double value(
      ModelWeights weights, PolicyLoss loss, List<ReplaySample> s, ReferenceModel reference) {
    try (TrainableModel model = policy(weights)) {
      return new Replay(model, loss, WHOLE, Optional.of(reference)).accumulate(s, 4).loss();
    }
  }

  private static ModelWeights moved(ModelWeights from, ModelWeights direction, double by) {
    TreeMap<String, HostTensor> out = new TreeMap<>();
    from.tensors()
        .forEach(
            (name, t) -> {
              float[] v = t.toFloats();
              float[] d = direction.get(name).toFloats();
              for (int i = 0; i < v.length; i++) {
                v[i] += (float) (by * d[i]);
              }
              out.put(name, HostTensor.ofFloats(v, t.shape()));
            });
    return new ModelWeights(out);
  }

  @ParameterizedTest
  @EnumSource(KlEstimator.class)
  void theCutIntoMicroBatchesDoesNotMatter(KlEstimator estimator) {
    List<ReplaySample> s = samples(spec("multiplex", 2), 1);
    double loss;
    double norm;
    double kl;
    try (TrainableModel model = policy(TinyModel.weights(1));
        ReferenceModel reference = reference(2)) {
      ReplayReport r =
          new Replay(model, loss(.5, estimator), WHOLE, Optional.of(reference)).accumulate(s, 4);
      loss = r.loss();
      kl = r.metrics().get("kl");
      norm = model.gradientNorm();
      assertThat(kl).isFinite().isNotZero();
    }
    try (TrainableModel model = policy(TinyModel.weights(1));
        ReferenceModel reference = reference(2)) {
      ReplaySettings cut = new ReplaySettings(20, true, true);
      ReplayReport r =
          new Replay(model, loss(.5, estimator), cut, Optional.of(reference)).accumulate(s, 4);
      assertThat(r.loss()).isCloseTo(loss, within(1e-5 * (1 + Math.abs(loss))));
      assertThat(model.gradientNorm()).isCloseTo(norm, within(1e-4 * norm));
      if (estimator == KlEstimator.EXACT) {
        assertThat(r.metrics().get("kl")).isCloseTo(kl, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KlEstimator.class)
  void atEqualWeightsEveryEstimateIsZero(KlEstimator estimator) {
    List<ReplaySample> flat = samples(spec("multiplex", 2), 0);
    try (TrainableModel model = policy(TinyModel.weights(1));
        ReferenceModel start = reference(1)) {
      ReplayReport r =
          new Replay(model, loss(1, estimator), WHOLE, Optional.of(start)).accumulate(flat, 4);
      assertThat(r.metrics().get("kl")).isCloseTo(0, within(1e-6));
      if (estimator != KlEstimator.K1) {
        assertThat(model.gradientNorm()).isLessThan(1e-5);
      }
    }
  }

  @Test
  void aReferenceOfAnotherShapeServesAndOneOfAnotherVocabularyIsRefused() {
    List<ReplaySample> flat = samples(spec("multiplex", 2), 0);
    ModelConfig larger =
        ModelConfig.of(Family.QWEN3, TinyModel.VOCABULARY, 32, 48, 3, 4, 2, false, 128);
    ModelConfig other = ModelConfig.of(Family.QWEN2, 25, 16, 32, 2, 2, 1, true, 128);
    try (TrainableModel model = policy(TinyModel.weights(1));
        ReferenceModel a =
            ReferenceModel.load(larger, RandomInit.weights(larger, 2), TinyModel.compute());
        ReferenceModel b =
            ReferenceModel.load(other, RandomInit.weights(other, 2), TinyModel.compute())) {
      PolicyLoss loss = loss(1, KlEstimator.EXACT);
      ReplayReport r = new Replay(model, loss, WHOLE, Optional.of(a)).accumulate(flat, 4);
      assertThat(r.metrics().get("kl")).isPositive();
      Replay wrong = new Replay(model, loss, WHOLE, Optional.of(b));
      assertThatThrownBy(() -> wrong.accumulate(flat, 4))
          .hasMessage("the reference model has 25 tokens, the policy 24");
    }
  }

  @Test
  void theFormatMustBeThatOfThePolicy() {
    List<ReplaySample> flat = samples(spec("discrete", 1), 0);
    ComputeSettings auto = new ComputeSettings(1, ComputeFormat.AUTO, "cpu");
    assertThatThrownBy(() -> ReferenceModel.load(TinyModel.CONFIG, TinyModel.weights(1), auto))
        .hasMessageContaining("format");
    try (TrainableModel model = policy(TinyModel.weights(1));
        ReferenceModel half =
            ReferenceModel.load(
                TinyModel.CONFIG,
                TinyModel.weights(1),
                new ComputeSettings(1, ComputeFormat.BF16, "cpu"))) {
      Replay replay = new Replay(model, loss(1, KlEstimator.EXACT), WHOLE, Optional.of(half));
      assertThatThrownBy(() -> replay.accumulate(flat, 4)).hasMessageContaining("format");
    }
  }

  @Test
  void aTermWithoutAReferenceIsRefused() {
    try (TrainableModel model = policy(TinyModel.weights(1))) {
      assertThatThrownBy(() -> new Replay(model, loss(1, KlEstimator.EXACT), WHOLE))
          .hasMessageContaining("needs a reference model");
    }
  }
}
