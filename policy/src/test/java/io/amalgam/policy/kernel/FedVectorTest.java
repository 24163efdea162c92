package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector that a mixture is fed as, and its gradient into the embedding. */
class FedVectorTest {
  private static final int H = TinyModel.CONFIG.hiddenSize();
  private static final int[] ROW = {0};
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final ModelWeights WEIGHTS = TinyModel.weights(1);
  private static final float[] E = WEIGHTS.get(EMBEDDING).toFloats();

  private static GenerationModel model;

  @BeforeAll
  static void load() {
    model = GenerationModel.load(TinyModel.CONFIG, WEIGHTS, TinyModel.compute());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** What is fed for one position, [H]. */
  private static float[] fed(int[] ids, float[] weights, boolean maximum, float... noise) {
    return model
        .hiddenStates(new PrefillSequence(ROW, ids.length, ids, weights, maximum, noise))
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneHotWeightsGiveTheLogitsOfTheTokensBitForBit(boolean maximum) {
    int[] tokens = {4, 0, 23, 7, 7, 11};
    float[] plain = model.logits(tokens, new float[0], 1);
    for (int k : new int[] {2, 5}) {
      int[] ids = new Random(k).ints(6L * k, 0, TinyModel.VOCABULARY).toArray();
      float[] weights = new float[ids.length];
      for (int t = 0; t < tokens.length; t++) {
        int slot = t % k;
        ids[t * k + slot] = tokens[t];
        weights[t * k + slot] = 1;
      }
      assertThat(model.logits(new PrefillSequence(ROW, k, ids, weights, maximum, new float[0])))
          .isEqualTo(plain);
    }
  }

  @Test
  void aSumIsThatOfTheWeightedEmbeddings() {
    int[] ids = {3, 19, 8};
    float[] weights = {.5f, .3f, .2f};
    float[] x = fed(ids, weights, false);
    for (int d = 0; d < H; d++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += (double) weights[j] * E[ids[j] * H + d];
      }
      assertThat((double) x[d]).isCloseTo(sum, within(1e-6));
    }
    assertThat(close(x, fed(new int[] {8, 3, 19}, new float[] {.2f, .5f, .3f}, false))).isTrue();
    assertThat(close(x, fed(new int[] {3, 19, 3, 8}, new float[] {.125f, .3f, .375f, .2f}, false)))
        .isTrue();
  }

  @Test
  void aMaximumIsThatOfTheEmbeddingsWithWeight() {
    int[] ids = {3, 19, 8};
    float[] x = fed(ids, new float[] {.5f, .5f, 0}, true);
    for (int d = 0; d < H; d++) {
      assertThat(x[d]).isEqualTo(Math.max(E[3 * H + d], E[19 * H + d]));
    }
    // The weights and the order of slots do not matter.
    assertThat(fed(new int[] {8, 19, 3}, new float[] {0, 1e-30f, .7f}, true)).isEqualTo(x);
    assertThat(fed(new int[] {3, 19, 3}, new float[] {.2f, .5f, .3f}, true)).isEqualTo(x);
  }

  @Test
  void noiseIsAdded() {
    float[] noise = new float[H];
    Random random = new Random(1);
    for (int d = 0; d < H; d++) {
      noise[d] = (float) random.nextGaussian();
    }
    int[] ids = {3, 19};
    float[] weights = {.25f, .75f};
    float[] plain = fed(ids, weights, false);
    float[] noisy = fed(ids, weights, false, noise);
    for (int d = 0; d < H; d++) {
      assertThat(noisy[d]).isEqualTo(plain[d] + noise[d]);
    }
    double square = 0;
    for (float e : E) {
      square += (double) e * e;
    }
    assertThat(model.embeddingRms()).isCloseTo(Math.sqrt(square / E.length), within(1e-6));
  }

  @Test
  void sequencesOfDifferentRulesAreRefused() {
    float[] half = {.5f, .5f};
    PrefillSequence sum = new PrefillSequence(ROW, 2, new int[] {1, 2}, half);
    PrefillSequence max =
        new PrefillSequence(new int[] {1}, 2, new int[] {1, 2}, half, true, new float[0]);
    try (KvCache cache = model.newCache(2, 8)) {
      assertThatThrownBy(() -> model.prefill(cache, List.of(sum, max)))
          .hasMessageContaining("do not mix");
    }
  }

  private static boolean close(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-6) {
        return false;
      }
    }
    return true;
  }

  /** The head is tied to the embedding; the sum of both ways is compared. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theGradientIntoTheEmbeddingIsThatOfFiniteDifferences(boolean maximum) {
    PackedBatch batch = batch(maximum);
    float[] gradient;
    try (TrainableModel trainable = trainable(WEIGHTS)) {
      try (ForwardPass pass = trainable.forward(batch)) {
        FeatureGradient upstream = new FeatureGradient(batch.scored(), 2);
        Arrays.fill(upstream.logProbs(), 1);
        trainable.backward(pass, upstream);
      }
      gradient = trainable.gradients().get(EMBEDDING).toFloats();
    }
    double largest = 0;
    for (float g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    float h = 2e-3f;
    Random random = new Random(3);
    for (int probe = 0; probe < 12; probe++) {
      int entry = batch.ids()[random.nextInt(batch.ids().length)] * H + random.nextInt(H);
      double slope = (loss(batch, entry, h) - loss(batch, entry, -h)) / (2 * h);
      assertThat((double) gradient[entry]).isCloseTo(slope, within(5e-3 * largest));
    }
  }

  private static PackedBatch batch(boolean maximum) {
    Random random = new Random(5);
    int n = 9;
    int k = 3;
    int[] ids = random.ints((long) n * k, 0, TinyModel.VOCABULARY).toArray();
    float[] weights = new float[n * k];
    for (int t = 0; t < n; t++) {
      weights[t * k] = .5f;
      weights[t * k + 1] = t % 2 == 0 ? .5f : .3f;
      weights[t * k + 2] = t % 2 == 0 ? 0 : .2f;
    }
    float[] noise = new float[maximum ? 0 : n * H];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = .1f * (float) random.nextGaussian();
    }
    return new PackedBatch(
        new int[] {4, 5},
        k,
        ids,
        weights,
        new int[] {1, 3, 6, 8},
        2,
        random.ints(8, 0, TinyModel.VOCABULARY).toArray(),
        new float[4],
        new float[4],
        1f,
        false,
        maximum,
        noise,
        new int[2]);
  }

  private static TrainableModel trainable(ModelWeights weights) {
    return TrainableModel.load(TinyModel.CONFIG, weights, TinyModel.compute(), false);
  }

  private static double loss(PackedBatch batch, int entry, float by) {
    TreeMap<String, HostTensor> moved = new TreeMap<>(WEIGHTS.tensors());
    float[] e = E.clone();
    e[entry] += by;
    moved.put(EMBEDDING, HostTensor.ofFloats(e, WEIGHTS.get(EMBEDDING).shape()));
    try (TrainableModel trainable = trainable(new ModelWeights(moved));
        ForwardPass pass = trainable.forward(batch)) {
      double sum = 0;
      for (float x : pass.features().logProbs()) {
        sum += x;
      }
      return sum;
    }
  }
}
