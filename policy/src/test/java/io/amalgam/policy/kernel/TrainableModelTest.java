package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.model.Biases;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training on packed sequences of different lengths, checkpoints, and refused gradients. */
class TrainableModelTest {
  private static final ComputeSettings F32 = GoldenForwardTest.F32;
  private static final AdamWSettings ADAM = new AdamWSettings(1e-3, 0.9, 0.95, 1e-8, 0.01, 1);
  private static final ModelConfig CONFIG =
      ModelConfig.of(Family.QWEN3, 90, 24, 40, 2, 4, 2, true, 64);

  static Stream<ModelConfig> families() {
    return Stream.concat(
        Family.ALL.stream().map(f -> ModelConfig.of(f, 90, 24, 40, 2, 4, 2, false, 64)),
        Stream.of(windowed(), biased(Family.LLAMA), biased(Family.QWEN3)));
  }

  /**
   * All biases that the family can have; in a new model they are 0, so that only gradients show.
   */
  private static ModelConfig biased(Family family) {
    return ModelConfig.of(family, 90, 24, 40, 2, 4, 2, true, 64)
        .withBiases(new Biases(true, true, family.mlpBias()));
  }

  private static ModelConfig windowed() {
    ModelConfig c = ModelConfig.of(Family.MISTRAL, 90, 24, 40, 2, 4, 1, true, 64);
    return new ModelConfig(
        c.family(),
        c.vocabSize(),
        c.hiddenSize(),
        c.intermediateSize(),
        c.layers(),
        c.heads(),
        c.keyValueHeads(),
        c.headDim(),
        c.biases(),
        c.normEpsilon(),
        c.rotary(),
        List.of(true, false),
        List.of(5, 0),
        c.tiedHead(),
        c.maxPositions(),
        c.bosToken(),
        c.eosTokens(),
        c.padToken(),
        c.storedType());
  }

  private static PackedBatch batch(int[] lengths, long seed, boolean recompute) {
    Random random = new Random(seed);
    int tokens = Arrays.stream(lengths).sum();
    float[] weights = new float[2 * tokens];
    for (int t = 0; t < tokens; t++) {
      weights[2 * t] = random.nextFloat();
      weights[2 * t + 1] = 1 - weights[2 * t];
    }
    int scored = tokens / 2;
    float[] thresholds = new float[scored];
    // few probabilities are near it, so that small moves rarely change which are below
    Arrays.fill(thresholds, 0.6f);
    float[] supports = new float[scored];
    Arrays.fill(supports, seed % 2 == 0 ? 0 : 1e-3f);
    return new PackedBatch(
        lengths,
        2,
        random.ints(2L * tokens, 0, 90).toArray(),
        weights,
        random.ints(0, tokens).distinct().limit(scored).sorted().toArray(),
        2,
        random.ints(2L * scored, 0, 90).toArray(),
        thresholds,
        supports,
        1.3f,
        recompute);
  }

  /** A fixed linear function of the features. */
  private static FeatureGradient gradient(PackedBatch b) {
    FeatureGradient g = new FeatureGradient(b.scored(), 2);
    Random random = new Random(99);
    for (float[] part :
        new float[][] {
          g.logProbs(), g.logRemaining(), g.logBelow(), g.logOddsBelow(), g.entropy()
        }) {
      for (int i = 0; i < part.length; i++) {
        part[i] = (float) random.nextGaussian() / b.scored();
      }
    }
    for (int r = 0; r < b.scored(); r++) {
      g.logRemaining()[2 * r] = 0;
    }
    return g;
  }

  private static double loss(TrainableModel model, PackedBatch b) {
    FeatureGradient g = gradient(b);
    try (ForwardPass pass = model.forward(b)) {
      FeatureBatch f = pass.features();
      return dot(g.logProbs(), f.logProbs())
          + dot(g.logRemaining(), f.logRemaining())
          + dot(g.logBelow(), f.logBelow())
          + dot(g.logOddsBelow(), f.logOddsBelow())
          + dot(g.entropy(), f.entropy());
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("families")
  void theGradientPredictsTheChangeOfTheLoss(ModelConfig config) {
    ModelWeights start = Scaled.times(RandomInit.weights(config, 3), 10);
    PackedBatch b = batch(new int[] {7, 19, 8, 1, 20}, 4, false);
    try (TrainableModel model = TrainableModel.load(config, start, F32, false)) {
      try (ForwardPass pass = model.forward(b)) {
        model.backward(pass, gradient(b));
      }
      ModelWeights g = model.gradients();
      double norm = model.gradientNorm();
      assertThat(norm).isCloseTo(Math.sqrt(product(g, g)), within(1e-5 * norm));
      for (int probe = 0; probe < 3; probe++) {
        // along the gradient, and along two random directions
        ModelWeights direction = probe == 0 ? g : random(g, probe);
        double slope = product(g, direction) / Math.sqrt(product(direction, direction));
        double h = 2e-3;
        double up = lossAt(config, start, direction, h, b);
        double down = lossAt(config, start, direction, -h, b);
        assertThat((up - down) / (2 * h)).isCloseTo(slope, within(2e-2 * norm));
      }
    }
  }

  private static double lossAt(
      ModelConfig config, ModelWeights start, ModelWeights direction, double h, PackedBatch b) {
    double scale = h / Math.sqrt(product(direction, direction));
    SortedMap<String, HostTensor> moved = new TreeMap<>();
    start
        .tensors()
        .forEach(
            (name, t) -> {
              float[] v = t.toFloats();
              float[] d = direction.get(name).toFloats();
              for (int i = 0; i < v.length; i++) {
                v[i] += (float) (scale * d[i]);
              }
              moved.put(name, HostTensor.ofFloats(v, t.shape()));
            });
    try (TrainableModel model = TrainableModel.load(config, new ModelWeights(moved), F32, false)) {
      return loss(model, b);
    }
  }

  private static ModelWeights random(ModelWeights like, long seed) {
    Random random = new Random(seed);
    SortedMap<String, HostTensor> out = new TreeMap<>();
    like.tensors()
        .forEach(
            (name, t) -> {
              float[] v = new float[(int) t.elements()];
              for (int i = 0; i < v.length; i++) {
                v[i] = (float) random.nextGaussian();
              }
              out.put(name, HostTensor.ofFloats(v, t.shape()));
            });
    return new ModelWeights(out);
  }

  private static double product(ModelWeights a, ModelWeights b) {
    double sum = 0;
    for (Map.Entry<String, HostTensor> e : a.tensors().entrySet()) {
      sum += dot(e.getValue().toFloats(), b.get(e.getKey()).toFloats());
    }
    return sum;
  }

  @Test
  void packingAndRecomputingChangeNothing() {
    int[] lengths = {9, 30, 10, 31, 3};
    ModelWeights start = Scaled.times(RandomInit.weights(CONFIG, 3), 10);
    PackedBatch together = batch(lengths, 4, false);
    try (TrainableModel a = TrainableModel.load(CONFIG, start, F32, false);
        TrainableModel b = TrainableModel.load(CONFIG, start, F32, false)) {
      try (ForwardPass pass = a.forward(together)) {
        a.backward(pass, gradient(together));
      }
      PackedBatch again = batch(lengths, 4, true);
      try (ForwardPass pass = b.forward(again)) {
        b.backward(pass, gradient(again));
      }
      ModelWeights ga = a.gradients();
      b.gradients()
          .tensors()
          .forEach((name, t) -> assertThat(t.bytes()).isEqualTo(ga.get(name).bytes()));
      try (ForwardPass pass = a.forward(together)) {
        int at = 0;
        int start0 = 0;
        for (int length : lengths) {
          int end = start0 + length;
          int first = start0;
          int[] mine =
              Arrays.stream(together.featurePositions())
                  .filter(p -> p >= first && p < end)
                  .toArray();
          if (mine.length > 0) {
            PackedBatch alone =
                new PackedBatch(
                    new int[] {length},
                    2,
                    Arrays.copyOfRange(together.ids(), 2 * first, 2 * end),
                    Arrays.copyOfRange(together.weights(), 2 * first, 2 * end),
                    Arrays.stream(mine).map(p -> p - first).toArray(),
                    2,
                    Arrays.copyOfRange(together.targetIds(), 2 * at, 2 * (at + mine.length)),
                    Arrays.copyOfRange(together.thresholds(), at, at + mine.length),
                    Arrays.copyOfRange(together.supports(), at, at + mine.length),
                    1.3f,
                    false);
            try (ForwardPass one = a.forward(alone)) {
              assertThat(
                      GoldenModel.largestDifference(
                          one.features().logProbs(),
                          Arrays.copyOfRange(
                              pass.features().logProbs(), 2 * at, 2 * (at + mine.length))))
                  .isLessThan(2e-5);
            }
          }
          at += mine.length;
          start0 = end;
        }
        assertThat(at).isEqualTo(together.scored());
      }
    }
  }

  @Test
  void aRestoredModelContinuesBitByBit() {
    ModelWeights start = RandomInit.weights(CONFIG, 3);
    try (TrainableModel a = TrainableModel.load(CONFIG, start, F32, true);
        TrainableModel b = TrainableModel.load(CONFIG, start, F32, true)) {
      train(a, 1);
      train(a, 2);
      b.restore(a.masters(), a.optimiserState());
      assertThat(b.steps()).isEqualTo(2);
      train(a, 3);
      train(b, 3);
      ModelWeights expected = a.masters();
      b.masters()
          .tensors()
          .forEach((name, t) -> assertThat(t.bytes()).isEqualTo(expected.get(name).bytes()));
      ModelWeights rounded = a.masters().as(DType.BF16);
      a.published()
          .tensors()
          .forEach((name, t) -> assertThat(t.bytes()).isEqualTo(rounded.get(name).bytes()));
    }
  }

  private static void train(TrainableModel model, long seed) {
    PackedBatch b = batch(new int[] {12, 5}, seed, false);
    try (ForwardPass pass = model.forward(b)) {
      model.backward(pass, gradient(b));
    }
    assertThat(model.step(ADAM).skipped()).isFalse();
  }

  @Test
  void aGradientThatIsNotFiniteIsSkipped() {
    ModelWeights start = RandomInit.weights(CONFIG, 3);
    try (TrainableModel model = TrainableModel.load(CONFIG, start, F32, true)) {
      PackedBatch b = batch(new int[] {12, 5}, 1, false);
      try (ForwardPass pass = model.forward(b)) {
        FeatureGradient g = gradient(b);
        g.logProbs()[0] = Float.NaN;
        model.backward(pass, g);
        assertThatThrownBy(() -> model.backward(pass, g)).isInstanceOf(IllegalStateException.class);
      }
      assertThat(model.step(ADAM).skipped()).isTrue();
      assertThat(model.steps()).isZero();
      assertThat(model.gradientNorm()).isZero();
      model
          .masters()
          .tensors()
          .forEach((name, t) -> assertThat(t.bytes()).isEqualTo(start.get(name).bytes()));
    }
  }

  @Test
  void zeroedGradientsAreZeroWhateverTheyWere() {
    try (TrainableModel model =
        TrainableModel.load(CONFIG, RandomInit.weights(CONFIG, 3), F32, false)) {
      PackedBatch b = batch(new int[] {12, 5}, 1, false);
      try (ForwardPass pass = model.forward(b)) {
        FeatureGradient g = gradient(b);
        g.logProbs()[0] = Float.POSITIVE_INFINITY;
        model.backward(pass, g);
      }
      assertThat(model.gradientNorm()).isNotFinite();
      model.zeroGradients();
      assertThat(model.gradientNorm()).isZero();
    }
  }

  @Test
  void theFormatInUseIsTold() {
    ModelWeights start = RandomInit.weights(CONFIG, 3);
    for (ComputeFormat format : List.of(ComputeFormat.F32, ComputeFormat.BF16)) {
      ComputeSettings settings = new ComputeSettings(1, format, "cpu");
      try (TrainableModel trained = TrainableModel.load(CONFIG, start, settings, true);
          GenerationModel generated = GenerationModel.load(CONFIG, start, settings)) {
        assertThat(trained.format()).isEqualTo(format);
        assertThat(generated.format()).isEqualTo(format);
      }
    }
  }

  @Test
  void theForwardPassSeesPublishedValues() {
    ModelWeights start = RandomInit.weights(CONFIG, 3);
    PackedBatch b = batch(new int[] {12, 5}, 1, false);
    try (TrainableModel a = TrainableModel.load(CONFIG, start, F32, true);
        TrainableModel c = TrainableModel.load(CONFIG, start.as(DType.BF16), F32, false);
        ForwardPass x = a.forward(b);
        ForwardPass y = c.forward(b)) {
      assertThat(x.features().logProbs()).isEqualTo(y.features().logProbs());
    }
  }
}
