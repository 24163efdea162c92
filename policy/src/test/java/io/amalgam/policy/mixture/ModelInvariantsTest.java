package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.Replay;
import io.amalgam.policy.train.ReplaySettings;
import io.amalgam.policy.train.loss.LossCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a model makes of mixtures: invariants 11 to 15, and 4 and 10 with a model. Features of
 * replay against what a sampler saw, row by row, are in the kernels' own {@code ReplayTest}.
 */
class ModelInvariantsTest {
  private static final int[] TOKENS = {4, 9, 1, 23, 0, 9, 17, 2, 2, 11};
  private static GenerationModel model;

  @BeforeAll
  static void load() {
    model = TinyRollouts.generation();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Every method with its defaults at two and three slots. */
  static List<MethodSpec> methods() {
    List<MethodSpec> out = new ArrayList<>(CatalogMethods.defaults(2));
    CatalogMethods.defaults(3).stream().filter(s -> !out.contains(s)).forEach(out::add);
    return out;
  }

  /** The same at another temperature, each with three filters. */
  static List<MethodSpec> filteredMethods() {
    List<MethodSpec> out = new ArrayList<>();
    for (MethodSpec s : methods()) {
      for (Map<String, String> filter :
          List.of(
              Map.<String, String>of(),
              Map.of("top-k", "6"),
              Map.of("top-p", "0.8"),
              Map.of("top-k", "9", "min-p", "0.02"))) {
        TreeMap<String, String> p = new TreeMap<>(s.parameters());
        p.putAll(filter);
        out.add(new MethodSpec(s.method(), s.k(), 0.8, p));
      }
    }
    return out;
  }

  @Test
  @DisplayName("Invariant 11: one-hot weights through the mixture path are the tokens, bit for bit")
  void oneHotMixturesAreTokens() {
    float[] plain = model.logits(TOKENS, new float[0], 1);
    for (int k : new int[] {1, 2, 3, 5}) {
      int[] ids = new int[TOKENS.length * k];
      float[] weights = new float[ids.length];
      for (int t = 0; t < TOKENS.length; t++) {
        int slot = t % k;
        for (int j = 0; j < k; j++) {
          ids[t * k + j] = j == slot ? TOKENS[t] : (7 * t + j) % TinyModel.VOCABULARY;
        }
        weights[t * k + slot] = 1;
      }
      assertThat(model.logits(ids, weights, k)).as("k = %d", k).containsExactly(plain);
    }
  }

  /** Invariants 10 and 12: what was recorded is what replay computes, at the same T and filter. */
  @ParameterizedTest
  @MethodSource("filteredMethods")
  void replayedLogProbsAreTheRecordedOnes(MethodSpec method) {
    List<Trajectory> all =
        TinyRollouts.roll(model, method, TinyRollouts.PHASES, TinyModel.group(0, 4, 12, 1, 2));
    try (TrainableModel trainable = TinyRollouts.trainable()) {
      List<double[]> scores =
          new Replay(
                  trainable,
                  LossCatalog.create("dapo", Map.of()),
                  new ReplaySettings(1000, false, false))
              .score(all);
      for (int i = 0; i < all.size(); i++) {
        Trajectory t = all.get(i);
        int at = 0;
        for (int p = 0; p < t.length(); p++) {
          for (int j = 0; j < t.terms()[p]; j++) {
            double recorded = t.logProbs()[p * t.method().k() + j];
            assertThat(scores.get(i)[at++])
                .isCloseTo(recorded, within(1e-4 * (1 + Math.abs(recorded))));
          }
        }
        assertThat(scores.get(i)).hasSize(at);
      }
    }
  }

  /** Invariant 13: what is stored gives back the embeddings that were fed. */
  @ParameterizedTest
  @MethodSource("methods")
  void storedIdsAndWeightsGiveTheFedEmbeddings(MethodSpec method) {
    float[] table = TinyModel.weights(1).get("model.embed_tokens.weight").toFloats();
    int hidden = table.length / TinyModel.VOCABULARY;
    Trajectory t =
        TinyRollouts.roll(model, method, TinyRollouts.PHASES, TinyModel.group(0, 1, 12, 1, 2))
            .get(0);
    int k = method.k();
    float[] fed = model.hiddenStates(t.ids(), t.weights(), k).get(0);
    for (int p = 0; p < t.length(); p++) {
      for (int h = 0; h < hidden; h++) {
        float x = 0;
        for (int j = 0; j < k; j++) {
          x += t.weights()[p * k + j] * table[t.ids()[p * k + j] * hidden + h];
        }
        assertThat(fed[p * hidden + h]).isCloseTo(x, within(Math.ulp(x) + 1e-7f));
      }
    }
  }

  @Test
  @DisplayName("Invariant 14: an id in two slots is that id with the sum of their weights")
  void splitWeightsAreMergedWeights() {
    int[] merged = {4, 9, 1, 2, 23, 6, 8, 3};
    float[] whole = {.7f, .3f, .55f, .45f, .9f, .1f, 1, 0};
    int[] split = {4, 9, 4, 1, 2, 1, 23, 6, 23, 8, 3, 8};
    float[] parts = {.5f, .3f, .2f, .05f, .45f, .5f, .6f, .1f, .3f, .25f, 0, .75f};
    assertClose(model.logits(split, parts, 3), model.logits(merged, whole, 2));
  }

  @Test
  @DisplayName("Invariant 15: the order of slots does not matter beyond rounding")
  void permutedSlotsAreTheSameMixture() {
    int[] ids = {4, 9, 1, 2, 23, 6, 8, 3, 5};
    float[] weights = {.2f, .3f, .5f, .7f, .1f, .2f, .01f, .98f, .01f};
    int[] turned = ids.clone();
    float[] moved = weights.clone();
    for (int t = 0; t < 3; t++) {
      for (int j = 0; j < 3; j++) {
        turned[3 * t + j] = ids[3 * t + (j + 1) % 3];
        moved[3 * t + j] = weights[3 * t + (j + 1) % 3];
      }
    }
    assertClose(model.logits(turned, moved, 3), model.logits(ids, weights, 3));
  }

  private static void assertClose(float[] got, float[] want) {
    assertThat(got).hasSameSizeAs(want);
    for (int i = 0; i < want.length; i++) {
      assertThat(got[i]).isCloseTo(want[i], within(1e-5f));
    }
  }

  /** Invariant 4: what a member samples does not depend on the batch it is in. */
  @ParameterizedTest
  @MethodSource("methods")
  void neighboursDoNotMatter(MethodSpec method) {
    List<Trajectory> alone =
        TinyRollouts.roll(model, method, TinyRollouts.PHASES, TinyModel.group(4, 3, 16, 1, 2, 9));
    List<Trajectory> together =
        TinyRollouts.roll(
            model,
            method,
            TinyRollouts.PHASES,
            TinyModel.group(2, 2, 3, 5),
            TinyModel.group(4, 3, 16, 1, 2, 9),
            TinyModel.group(6, 3, 20, 8, 8, 8, 8));
    for (int i = 0; i < 3; i++) {
      Trajectory a = alone.get(i);
      Trajectory b = together.get(2 + i);
      assertThat(b.key()).isEqualTo(a.key());
      assertThat(b.ids()).isEqualTo(a.ids());
      assertThat(b.representatives()).isEqualTo(a.representatives());
      for (int j = 0; j < a.weights().length; j++) {
        assertThat(b.weights()[j]).isCloseTo(a.weights()[j], within(1e-4f));
      }
    }
  }
}
