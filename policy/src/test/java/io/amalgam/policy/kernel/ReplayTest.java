package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generation saw is what replay computes; rows and versions do not leak into each other. */
class ReplayTest {
  private static final ComputeSettings F32 = GoldenForwardTest.F32;
  private static final CandidateRequest PAIRS = new CandidateRequest(2, false, 3, 0.1);
  private static final ModelConfig CONFIG =
      ModelConfig.of(Family.QWEN2, 300, 48, 80, 3, 6, 2, true, 256);

  /** Random weights large enough that the distributions are far from uniform, rounded to bf16. */
  private static ModelWeights weights(long seed) {
    return Scaled.times(RandomInit.weights(CONFIG, seed), 8).as(DType.BF16);
  }

  /** A trajectory: its inputs, and what the sampler saw at each position. */
  private record Rollout(
      int prompt, List<int[]> ids, List<float[]> weights, List<Candidates> seen) {}

  private static List<Rollout> roll(GenerationModel model, int rows, int steps, long seed) {
    return roll(model, rows, steps, seed, CandidateFilter.NONE);
  }

  private static List<Rollout> roll(
      GenerationModel model, int rows, int steps, long seed, CandidateFilter filter) {
    CandidateRequest request = PAIRS.filtered(filter);
    Random random = new Random(seed);
    List<Rollout> out = new ArrayList<>();
    try (KvCache cache = model.newCache(rows, 40)) {
      List<PrefillSequence> prompts = new ArrayList<>();
      for (int b = 0; b < rows; b++) {
        int length = 2 + 3 * b % 7;
        int[] prompt = random.ints(length, 0, CONFIG.vocabSize()).toArray();
        prompts.add(PrefillSequence.ofTokens(new int[] {b}, Arrays.copyOf(prompt, length - 1)));
        Rollout r = new Rollout(length, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int id : prompt) {
          r.ids.add(new int[] {id, 0});
          r.weights.add(new float[] {1, 0});
        }
        out.add(r);
      }
      model.prefill(cache, prompts);
      for (int s = 0; s < steps; s++) {
        int[] ids = new int[2 * rows];
        float[] weights = new float[2 * rows];
        int[] positions = new int[rows];
        for (int b = 0; b < rows; b++) {
          int last = out.get(b).ids.size() - 1;
          System.arraycopy(out.get(b).ids.get(last), 0, ids, 2 * b, 2);
          System.arraycopy(out.get(b).weights.get(last), 0, weights, 2 * b, 2);
          positions[b] = last;
        }
        double[] uniforms = random.doubles(2L * rows).toArray();
        StepResult step =
            model.decode(
                cache, new StepInput(rows, 2, ids, weights, positions, 0.9f, request, uniforms));
        for (int b = 0; b < rows; b++) {
          Candidates c = step.row(b);
          float first = (float) (1 / (1 + Math.exp(c.drawLogProbs()[1] - c.drawLogProbs()[0])));
          out.get(b).seen.add(c);
          out.get(b).ids.add(c.drawIds());
          out.get(b).weights.add(new float[] {first, 1 - first});
        }
      }
    }
    return out;
  }

  static List<CandidateFilter> filters() {
    return List.of(
        CandidateFilter.NONE,
        new CandidateFilter(30, 1, 0),
        new CandidateFilter(0, 0.9, 0),
        new CandidateFilter(0, 1, 0.02),
        new CandidateFilter(40, 0.95, 0.01));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void replayedFeaturesEqualWhatTheSamplerSaw(CandidateFilter filter) {
    replayEqualsTheSampler(CONFIG, weights(1), F32, 5, filter);
  }

  /**
   * Products of more than 512 terms, query heads with and without a key head of their own, a batch
   * of one row: in bf16 each could be rounded in two ways, and one difference spreads to all
   * logits.
   */
  @ParameterizedTest
  @CsvSource({"2, 5", "10, 5", "2, 1", "10, 1"})
  void inBf16TheSamplerAndTheReplayRoundAlike(int keyValueHeads, int rows) {
    ModelConfig config =
        ModelConfig.of(Family.QWEN2, 300, 640, 1100, 2, 10, keyValueHeads, true, 256);
    ModelWeights published = Scaled.times(RandomInit.weights(config, 5), 3).as(DType.BF16);
    ComputeSettings bf16 = new ComputeSettings(1, ComputeFormat.BF16, "cpu");
    replayEqualsTheSampler(config, published, bf16, rows, CandidateFilter.NONE);
  }

  private static void replayEqualsTheSampler(
      ModelConfig config,
      ModelWeights published,
      ComputeSettings settings,
      int rows,
      CandidateFilter filter) {
    int steps = 25;
    List<Rollout> rollouts;
    try (GenerationModel model = GenerationModel.load(config, published, settings)) {
      rollouts = roll(model, rows, steps, 11, filter);
    }
    PackedBatch batch = replay(rollouts, steps);
    try (TrainableModel model =
            TrainableModel.load(config, published.as(DType.F32), settings, true);
        ForwardPass pass = model.forward(batch)) {
      FeatureBatch f = pass.features();
      int r = 0;
      for (Rollout rollout : rollouts) {
        for (Candidates c : rollout.seen) {
          boolean firstIsHeavier = c.drawLogProbs()[0] >= c.drawLogProbs()[1];
          for (int j = 0; j < 2; j++) {
            near(f.logProbs()[2 * r + j], c.drawLogProbs()[j]);
            near(f.logRemaining()[2 * r + j], c.drawLogRemaining()[j]);
          }
          near(f.entropy()[r], c.entropy());
          if (firstIsHeavier) {
            near(f.logBelow()[r], c.logBelow());
            near(f.logOddsBelow()[r], c.logOddsBelow());
          }
          r++;
        }
      }
      assertThat(r).isEqualTo(rows * steps);
    }
  }

  private static PackedBatch replay(List<Rollout> rollouts, int steps) {
    int tokens = rollouts.stream().mapToInt(x -> x.ids.size()).sum();
    int[] lengths = rollouts.stream().mapToInt(x -> x.ids.size()).toArray();
    int[] ids = new int[2 * tokens];
    float[] weights = new float[2 * tokens];
    int scored = rollouts.size() * steps;
    int[] positions = new int[scored];
    int[] targets = new int[2 * scored];
    float[] thresholds = new float[scored];
    float[] supports = new float[scored];
    int n = 0;
    int r = 0;
    for (Rollout x : rollouts) {
      for (int s = 0; s < steps; s++) {
        Candidates c = x.seen.get(s);
        positions[r] = n + x.prompt - 1 + s;
        System.arraycopy(c.drawIds(), 0, targets, 2 * r, 2);
        supports[r] = c.support();
        thresholds[r++] =
            (float) (0.1 / 0.9 * Math.exp(Math.max(c.drawLogProbs()[0], c.drawLogProbs()[1])));
      }
      for (int t = 0; t < x.ids.size(); t++) {
        System.arraycopy(x.ids.get(t), 0, ids, 2 * n, 2);
        System.arraycopy(x.weights.get(t), 0, weights, 2 * n, 2);
        n++;
      }
    }
    return new PackedBatch(
        lengths, 2, ids, weights, positions, 2, targets, thresholds, supports, 0.9f, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theSameInputGivesTheSameBits(int threads) {
    ComputeSettings settings = new ComputeSettings(threads, ComputeFormat.F32, "cpu");
    try (GenerationModel model = GenerationModel.load(CONFIG, weights(2), settings)) {
      List<Rollout> a = roll(model, 4, 12, 5);
      List<Rollout> b = roll(model, 4, 12, 5);
      for (int i = 0; i < 4; i++) {
        for (int s = 0; s < 12; s++) {
          Candidates x = a.get(i).seen.get(s);
          Candidates y = b.get(i).seen.get(s);
          assertThat(x.drawIds()).isEqualTo(y.drawIds());
          assertThat(x.drawLogProbs()).isEqualTo(y.drawLogProbs());
          assertThat(x.entropy()).isEqualTo(y.entropy());
        }
      }
    }
  }

  @Test
  void aRowDoesNotDependOnTheOthers() {
    try (GenerationModel model = GenerationModel.load(CONFIG, weights(3), F32);
        KvCache many = model.newCache(6, 32);
        KvCache one = model.newCache(1, 32)) {
      int[] prompt = {5, 9, 200, 17};
      model.prefill(
          many,
          List.of(
              PrefillSequence.ofTokens(new int[] {0, 1}, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9}),
              PrefillSequence.ofTokens(new int[] {2, 4}, prompt)));
      model.prefill(one, List.of(PrefillSequence.ofTokens(new int[] {0}, prompt)));
      model.copyRow(many, 2, 3, 4);
      int[] ids = {3, 3, 8, 8, 8};
      int[] positions = {9, 9, 4, 4, 4};
      StepResult a = model.decode(many, plain(ids, positions));
      StepResult b = model.decode(one, plain(new int[] {8}, new int[] {4}));
      for (int row = 2; row < 5; row++) {
        assertThat(GoldenModel.largestDifference(a.row(row).topLogProbs(), b.row(0).topLogProbs()))
            .isLessThan(1e-5);
        assertThat(a.row(row).topIds()).isEqualTo(b.row(0).topIds());
      }
    }
  }

  @Test
  void anyThreadMayCall() throws Exception {
    ModelWeights published = weights(6);
    try (GenerationModel one = GenerationModel.load(CONFIG, published, F32);
        GenerationModel two = GenerationModel.load(CONFIG, published, F32)) {
      List<Rollout> expected = roll(one, 3, 10, 8);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        for (int round = 0; round < 5; round++) {
          Future<List<Rollout>> a = threads.submit(() -> roll(one, 3, 10, 8));
          Future<List<Rollout>> b = threads.submit(() -> roll(two, 3, 10, 8));
          for (List<Rollout> got : List.of(a.get(), b.get())) {
            assertThat(got.get(2).seen.get(9).drawLogProbs())
                .isEqualTo(expected.get(2).seen.get(9).drawLogProbs());
          }
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void newWeightsReplaceOldOnes() {
    int[] ids = {1, 2, 3};
    try (GenerationModel model = GenerationModel.load(CONFIG, weights(4), F32);
        GenerationModel other = GenerationModel.load(CONFIG, weights(5), F32)) {
      model.setWeights(weights(5));
      assertThat(model.logits(ids, new float[0], 1))
          .containsExactly(other.logits(ids, new float[0], 1));
    }
  }

  @Test
  void weightsMayLieAnywhereInHostMemory() {
    int[] ids = {1, 2, 3};
    ModelWeights direct = weights(5);
    SortedMap<String, HostTensor> moved = new TreeMap<>();
    direct
        .tensors()
        .forEach(
            (name, t) -> {
              // on the heap, or inside a larger buffer
              int bytes = t.bytes().remaining();
              ByteBuffer b =
                  moved.size() % 2 == 0
                      ? ByteBuffer.allocate(bytes + 6)
                      : ByteBuffer.allocateDirect(bytes + 6);
              b.position(6).mark();
              b.put(t.bytes()).reset();
              moved.put(name, new HostTensor(t.dtype(), t.shape(), b));
            });
    try (GenerationModel a = GenerationModel.load(CONFIG, direct, F32);
        GenerationModel b = GenerationModel.load(CONFIG, new ModelWeights(moved), F32)) {
      assertThat(b.logits(ids, new float[0], 1)).containsExactly(a.logits(ids, new float[0], 1));
    }
  }

  @Test
  void inputsOutsideTheCacheAreRefused() {
    try (GenerationModel model = GenerationModel.load(CONFIG, weights(4), F32);
        KvCache cache = model.newCache(1, 32)) {
      assertThatThrownBy(() -> model.decode(cache, plain(new int[] {1}, new int[] {32})))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> model.decode(cache, plain(new int[] {1, 1}, new int[] {0, 0})))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> model.decode(cache, plain(new int[] {300}, new int[] {0})))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static StepInput plain(int[] ids, int[] positions) {
    float[] weights = new float[ids.length];
    Arrays.fill(weights, 1);
    double[] uniforms = new double[ids.length];
    Arrays.fill(uniforms, 0.5);
    return new StepInput(
        ids.length, 1, ids, weights, positions, 1, new CandidateRequest(1, true, 5, 0), uniforms);
  }

  private static void near(float a, float b) {
    if (a != b) {
      assertThat((double) a).isCloseTo(b, within(1e-4));
    }
  }
}
