package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.PrefillSequence;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.FeedNoise;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecodeBatchTest {
  private static final int MARKER = 7;
  private static final int END = 3;
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {MARKER}), 12, MARKER);

  private static GenerationModel model;

  @BeforeAll
  static void load() {
    model = GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  static List<MethodSpec> methods() {
    return List.of(
        spec("discrete", 1),
        spec("different-tokens", 2, "collapse", "0.1"),
        spec("different-tokens", 3),
        spec("dirichlet", 2),
        spec("element-wise-max", 3),
        spec("gaussian", 3, "tau", "1"),
        spec("multiplex", 3));
  }

  private static List<Trajectory> finish(DecodeBatch batch) {
    List<Trajectory> all = new ArrayList<>();
    while (batch.running() > 0) {
      all.addAll(batch.step());
    }
    all.sort(
        Comparator.comparingLong((Trajectory t) -> t.key().ordinal())
            .thenComparing(t -> t.key().member()));
    return all;
  }

  private static List<Trajectory> decode(DecodeSettings settings, GroupRequest... groups) {
    try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      for (GroupRequest g : groups) {
        batch.admit(g);
      }
      return finish(batch);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whatAMemberSamplesDoesNotDependOnItsNeighbours(MethodSpec method) {
    DecodeSettings settings = settings(method, PHASES, END);
    List<Trajectory> alone = decode(settings, group(4, 3, 20, 1, 2, 9));
    List<Trajectory> together = new ArrayList<>();
    try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      batch.admit(group(2, 2, 3, 5));
      together.addAll(batch.step());
      batch.admit(group(4, 3, 20, 1, 2, 9));
      together.addAll(batch.step());
      batch.admit(group(6, 2, 30, 8, 8, 8, 8));
      together.addAll(finish(batch));
    }
    together.removeIf(t -> t.key().ordinal() != 4);
    together.sort(Comparator.comparingInt(t -> t.key().member()));
    assertThat(together).hasSize(3);
    // The weights of an average decide the next one: a rounding may double with each position.
    float tolerance = method.method().equals("gaussian") ? 1e-2f : 1e-4f;
    for (int i = 0; i < 3; i++) {
      assertThat(together.get(i).ids()).isEqualTo(alone.get(i).ids());
      assertThat(together.get(i).representatives()).isEqualTo(alone.get(i).representatives());
      assertThat(together.get(i).slots()).isEqualTo(alone.get(i).slots());
      for (int j = 0; j < alone.get(i).logProbs().length; j++) {
        assertThat(together.get(i).logProbs()[j])
            .isCloseTo(alone.get(i).logProbs()[j], within(tolerance));
        assertThat(together.get(i).weights()[j])
            .isCloseTo(alone.get(i).weights()[j], within(tolerance));
      }
    }
  }

  @Test
  void oneSlotIsTheDiscreteArmBitForBit() {
    Trajectory token =
        decode(settings(spec("discrete", 1), PHASES, END), group(1, 1, 20, 4)).get(0);
    for (String name :
        List.of("different-tokens", "multiplex", "dirichlet", "element-wise-max", "gaussian")) {
      Trajectory t = decode(settings(spec(name, 1), PHASES, END), group(1, 1, 20, 4)).get(0);
      assertThat(t).usingRecursiveComparison().ignoringFields("method").isEqualTo(token);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theMarkerIsForcedAfterTheLongestMixture(MethodSpec method) {
    PhasePolicy never = PhasePolicy.until(new EndMarker.Ids(new int[] {21, 21, 21}), 3, 21, 22);
    for (Trajectory t : decode(settings(method, never), group(1, 4, 9, 1, 2))) {
      int k = method.k();
      assertThat(t.closedBy()).isEqualTo(ClosedBy.FORCED);
      assertThat(t.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(t.length()).isEqualTo(9);
      for (int p = 0; p < 9; p++) {
        assertThat(PositionFlag.MIXTURE.in(t.flags()[p])).isEqualTo(p < 3);
        boolean forced = p == 3 || p == 4;
        assertThat(PositionFlag.FORCED.in(t.flags()[p])).isEqualTo(forced);
        assertThat(t.terms()[p] == 0).isEqualTo(forced);
        if (p >= 3) {
          assertThat(t.weights()[p * k]).isEqualTo(1);
          assertThat(t.slots()[p]).isEqualTo((byte) 1);
        }
      }
      assertThat(t.representatives()[3]).isEqualTo(21);
      assertThat(t.representatives()[4]).isEqualTo(22);
    }
  }

  @Test
  void closingFeedsTheMarkerAloneAndKeepsTheDraws() {
    int closed = 0;
    for (Trajectory t : decode(settings(spec("multiplex", 3), PHASES), group(1, 8, 40, 1, 2))) {
      for (int p = 0; p < t.length(); p++) {
        boolean closing = PositionFlag.MIXTURE.in(t.flags()[p]) && t.representatives()[p] == MARKER;
        if (closing) {
          closed++;
          assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);
          assertThat(t.slots()[p]).isEqualTo((byte) 3);
          assertThat(t.terms()[p]).isEqualTo((byte) 3);
          assertThat(t.ids()[p * 3]).isEqualTo(MARKER);
          assertThat(t.weights()[p * 3]).isEqualTo(1);
          assertThat(t.weights()[p * 3 + 1]).isZero();
        }
      }
    }
    assertThat(closed).isPositive();
  }

  @Test
  void newWeightsAreTakenBetweenTwoStepsAndRecordedPerPosition() {
    DecodeSettings settings = settings(spec("multiplex", 2), PHASES);
    try (GenerationModel own =
            GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
        DecodeBatch batch = new DecodeBatch(own, settings, 5)) {
      batch.admit(group(1, 2, 8, 1, 2));
      batch.step();
      batch.step();
      batch.admit(group(2, 1, 6, 4, 4, 4));
      batch.swapWeights(TinyModel.weights(2), 6);
      List<Trajectory> done = finish(batch);
      assertThat(done.get(0).versions()).containsExactly(5, 5, 6, 6, 6, 6, 6, 6);
      assertThat(done.get(0).oldestVersion()).isEqualTo(5);
      assertThat(done.get(2).versions()).containsOnly(6);
      assertThat(batch.version()).isEqualTo(6);
      assertThat(batch.statistics().rebuiltTokens()).isEqualTo(3 + 3);
      assertThat(batch.statistics().prefilledTokens()).isEqualTo(1 + 2);
    }
  }

  @Test
  void aRebuiltCacheIsTheSameAsOneNeverRebuilt() {
    for (MethodSpec method : methods()) {
      DecodeSettings settings = settings(method, PHASES);
      List<Trajectory> plain = decode(settings, group(1, 3, 20, 1, 2));
      try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
        batch.admit(group(1, 3, 20, 1, 2));
        for (int i = 0; i < 9; i++) {
          batch.step();
        }
        batch.swapWeights(TinyModel.weights(1), 1);
        List<Trajectory> swapped = finish(batch);
        for (int i = 0; i < 3; i++) {
          assertThat(swapped.get(i).ids()).isEqualTo(plain.get(i).ids());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void recordedLogProbsAreThoseOfTheFedSequence(MethodSpec method) {
    for (Trajectory t : decode(settings(method, PHASES), group(3, 2, 16, 6, 1))) {
      int k = method.k();
      int prompt = t.promptIds().length;
      int[] ids = new int[(prompt + t.length()) * k];
      float[] weights = new float[ids.length];
      for (int p = 0; p < prompt; p++) {
        for (int j = 0; j < k; j++) {
          ids[p * k + j] = t.promptIds()[p];
        }
        weights[p * k] = 1;
      }
      System.arraycopy(t.ids(), 0, ids, prompt * k, t.ids().length);
      System.arraycopy(t.weights(), 0, weights, prompt * k, t.weights().length);
      float[] logits =
          model.logits(
              new PrefillSequence(
                  new int[] {0},
                  k,
                  ids,
                  weights,
                  method.method().equals("element-wise-max"),
                  noise(t)));
      for (int p = 0; p < t.length(); p++) {
        if (t.slots()[p] == 1 && t.terms()[p] == 1 && !PositionFlag.COLLAPSED.in(t.flags()[p])) {
          double expected = logProb(logits, prompt - 1 + p, t.ids()[p * k]);
          assertThat((double) t.logProbs()[p * k]).isCloseTo(expected, within(1e-4));
        }
      }
    }
  }

  /** What was added to the fed vectors: noise exactly at the open mixture positions. */
  private static float[] noise(Trajectory t) {
    int k = t.method().k();
    int hidden = TinyModel.CONFIG.hiddenSize();
    int prompt = t.promptIds().length;
    boolean noisy = t.method().method().equals("gaussian");
    float[] noise = new float[noisy ? (prompt + t.length()) * hidden : 0];
    for (int p = 0; p < t.length(); p++) {
      byte flags = t.flags()[p];
      boolean closing = t.representatives()[p] == MARKER;
      boolean open = PositionFlag.MIXTURE.in(flags) && t.slots()[p] > 1 && !closing;
      assertThat(PositionFlag.NOISED.in(flags)).isEqualTo(noisy && open);
      if (PositionFlag.NOISED.in(flags)) {
        float scale = t.auxiliary()[p * t.auxiliaryWidth() + k];
        double relative = Double.parseDouble(t.method().parameters().get("sigma"));
        assertThat((double) scale).isCloseTo(relative * model.embeddingRms(), within(1e-6));
        FeedNoise.write(t.draws(p), scale, noise, (prompt + p) * hidden, hidden);
      }
    }
    return noise;
  }

  private static double logProb(float[] logits, int row, int id) {
    int from = row * TinyModel.VOCABULARY;
    double sum = 0;
    for (int v = 0; v < TinyModel.VOCABULARY; v++) {
      sum += Math.exp(logits[from + v]);
    }
    return logits[from + id] - Math.log(sum);
  }

  @Test
  void greedyTakesTheMostProbableTokenBesideSampledRows() {
    GroupRequest greedy =
        new GroupRequest("eval", 1, 0, 0, new int[] {1, 2}, 0, 1, DecodeMode.GREEDY, 8);
    GroupRequest discrete =
        new GroupRequest("eval", 1, 1, 0, new int[] {1, 2}, 0, 2, DecodeMode.DISCRETE, 8);
    List<Trajectory> done =
        decode(settings(spec("multiplex", 2), PHASES), greedy, discrete, group(2, 2, 8, 1, 2));
    Trajectory g = done.get(0);
    int[] ids = new int[2 + g.length()];
    ids[0] = 1;
    ids[1] = 2;
    System.arraycopy(g.representatives(), 0, ids, 2, g.length());
    float[] ones = new float[ids.length];
    java.util.Arrays.fill(ones, 1);
    float[] logits = model.logits(ids, ones, 1);
    for (int p = 0; p < g.length(); p++) {
      int best = 0;
      for (int v = 0; v < TinyModel.VOCABULARY; v++) {
        int from = (1 + p) * TinyModel.VOCABULARY;
        best = logits[from + v] > logits[from + best] ? v : best;
      }
      assertThat(g.representatives()[p]).isEqualTo(best);
      assertThat(g.terms()[p]).isZero();
    }
    assertThat(done.get(1).method().method()).isEqualTo("discrete");
    assertThat(done.get(1).ids()).hasSize(done.get(1).length());
    assertThat(done.get(3).method().method()).isEqualTo("multiplex");
  }

  @Test
  void anEndTokenEndsASequence() {
    List<Trajectory> done = decode(settings(spec("discrete", 1), PHASES, END), group(1, 8, 50, 2));
    assertThat(done).hasSize(8);
    assertThat(done.stream().filter(t -> t.finish() == FinishReason.STOP)).isNotEmpty();
    for (Trajectory t : done) {
      int last = t.representatives()[t.length() - 1];
      assertThat(t.finish() == FinishReason.STOP).isEqualTo(last == END);
      for (int p = 0; p < t.length() - 1; p++) {
        assertThat(t.representatives()[p]).isNotEqualTo(END);
      }
    }
  }

  @Test
  void theContextLimitsThePositions() {
    DecodeSettings settings =
        new DecodeSettings(2, 10, spec("discrete", 1), PHASES, new int[0], true);
    assertThat(decode(settings, group(1, 1, 100, 1, 2, 3, 4)).get(0).length()).isEqualTo(7);
    assertThatThrownBy(() -> decode(settings, group(1, 1, 1, new int[11])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11");
    assertThatThrownBy(() -> decode(settings, group(1, 3, 1, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancelledGroupsLeaveTheOthersAsTheyWere() {
    DecodeSettings settings = settings(spec("multiplex", 2), PHASES);
    List<Trajectory> alone = decode(settings, group(2, 2, 15, 3, 3));
    try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      batch.admit(group(1, 3, 15, 1, 2));
      batch.admit(group(2, 2, 15, 3, 3));
      batch.step();
      batch.step();
      assertThat(batch.cancel(1)).isEqualTo(3);
      assertThat(batch.running()).isEqualTo(2);
      assertThat(batch.keys()).allMatch(k -> k.ordinal() == 2);
      List<Trajectory> left = finish(batch);
      for (int i = 0; i < 2; i++) {
        assertThat(left.get(i).ids()).isEqualTo(alone.get(i).ids());
      }
      DecodeStatistics s = batch.statistics();
      assertThat(s.cancelled()).isEqualTo(3);
      assertThat(s.finished()).isEqualTo(2);
      assertThat(s.tokens()).isEqualTo(2 * 3 + left.get(0).length() + left.get(1).length());
      assertThat(s.prefilledTokens()).isEqualTo(2);
    }
  }
}
