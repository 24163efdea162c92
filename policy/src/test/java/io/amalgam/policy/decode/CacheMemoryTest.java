package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.rollout.Trajectory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key-value memory follows the sequences within its budget, and prompts come in pieces. */
class CacheMemoryTest {
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 12, 7);
  private static final long POSITION =
      GenerationModel.cacheBytesPerPosition(TinyModel.CONFIG, ComputeFormat.F32);

  private static GenerationModel model;

  @BeforeAll
  static void load() {
    model = GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static DecodeSettings settings(MethodSpec method, int slots) {
    return new DecodeSettings(slots, 128, method, PHASES, new int[0], true);
  }

  private static int[] prompt(int length, int seed) {
    return new Random(seed).ints(length, 0, TinyModel.VOCABULARY).toArray();
  }

  @Test
  void bucketsHoldEveryLengthWithLittleToSpare() {
    CacheBuckets buckets = CacheBuckets.upTo(1000);
    assertThat(buckets.lengths()).containsExactly(64, 96, 128, 192, 256, 384, 512, 768, 1024);
    for (int n = 1; n <= 1024; n++) {
      int row = buckets.rowLength(n);
      assertThat(row).isGreaterThanOrEqualTo(n);
      assertThat(row).isLessThanOrEqualTo(Math.max(64, n * 3 / 2));
    }
    assertThat(CacheBuckets.upTo(20).lengths()).containsExactly(32);
    assertThat(CacheBuckets.upTo(97).lengths()).containsExactly(64, 96, 128);
    assertThatThrownBy(() -> buckets.of(1025)).hasMessageContaining("1024");
  }

  @Test
  void aBudgetTooSmallForOneSequenceIsRefusedWithTheNumbers() {
    DecodeSettings small = settings(spec("discrete", 1), 8).within(127 * POSITION, 0);
    assertThatThrownBy(() -> new DecodeBatch(model, small, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds 127 positions")
        .hasMessageContaining("needs 128, " + 128 * POSITION + " bytes");
    new DecodeBatch(model, small.within(128 * POSITION, 0), 0).close();
  }

  @Test
  void shortSequencesDoNotPayForTheContextAndAnEmptyBatchTakesNothing() {
    try (DecodeBatch batch = new DecodeBatch(model, settings(spec("discrete", 1), 8), 0)) {
      batch.admit(group(1, 8, 10, prompt(5, 1)));
      batch.step();
      assertThat(batch.memory().bytes()).isEqualTo(8 * 64 * POSITION);
      batch.stepToEnd();
      assertThat(batch.memory().bytes()).isZero();
      assertThat(batch.memory().peakBytes()).isEqualTo(8 * 64 * POSITION);
    }
  }

  @Test
  void admissionWaitsWhileTheBudgetIsPromisedAndNothingDies() {
    MethodSpec method = spec("multiplex", 2);
    // three rows of 128, or six of 64
    DecodeSettings tight = settings(method, 8).within(384 * POSITION, 0);
    Deque<GroupRequest> waiting = new ArrayDeque<>();
    for (int g = 0; g < 12; g++) {
      waiting.add(group(g, 1 + g % 3, g % 2 == 0 ? 100 : 20, prompt(3 + 2 * g, g)));
    }
    GroupRequest[] all = waiting.toArray(new GroupRequest[0]);
    List<Trajectory> done = new ArrayList<>();
    int waited = 0;
    try (DecodeBatch batch = new DecodeBatch(model, tight, 0)) {
      while (!waiting.isEmpty() || batch.running() > 0) {
        while (!waiting.isEmpty() && batch.room(waiting.peek()) >= waiting.peek().members()) {
          batch.admit(waiting.remove());
        }
        if (!waiting.isEmpty() && batch.freeSlots() >= waiting.peek().members()) {
          waited++;
          GroupRequest next = waiting.peek();
          assertThatThrownBy(() -> batch.admit(next))
              .hasMessageContaining(batch.memory().freePositions() + " free positions");
        }
        done.addAll(batch.step());
        assertThat(batch.memory().bytes()).isLessThanOrEqualTo(batch.memory().budgetBytes());
      }
      assertThat(batch.memory().freePositions()).isEqualTo(384);
      assertThat(batch.memory().peakBytes()).isLessThanOrEqualTo((384 + 96) * POSITION);
    }
    assertThat(waited).isPositive();
    List<Trajectory> sorted = Runs.sorted(done);
    int at = 0;
    for (GroupRequest g : all) {
      for (Trajectory expected : Runs.decode(model, settings(method, 8), g)) {
        Runs.same(sorted.get(at++), expected);
      }
    }
    assertThat(at).isEqualTo(sorted.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"discrete", "multiplex", "gaussian", "element-wise-max"})
  void promptsInPiecesGiveTheSameAndDoNotHoldUpTheOthers(String name) {
    MethodSpec method = spec(name, name.equals("discrete") ? 1 : 3);
    GroupRequest early = group(1, 2, 30, prompt(4, 1));
    GroupRequest late = group(2, 3, 20, prompt(75, 2));
    GroupRequest last = group(3, 1, 20, prompt(9, 3));
    List<Trajectory> whole = Runs.decode(model, settings(method, 8), early, late, last);
    for (int chunk : new int[] {1, 7, 32, 74}) {
      List<Trajectory> done = new ArrayList<>();
      try (DecodeBatch batch =
          new DecodeBatch(model, settings(method, 8).within(Long.MAX_VALUE, chunk), 0)) {
        batch.admit(early);
        done.addAll(batch.step());
        long before = batch.statistics().tokens();
        batch.admit(late);
        batch.admit(last);
        while (batch.running() > 0) {
          long prefilled = batch.statistics().prefilledTokens();
          done.addAll(batch.step());
          assertThat(batch.statistics().prefilledTokens() - prefilled).isLessThanOrEqualTo(chunk);
          before = batch.statistics().tokens();
        }
        assertThat(before).isEqualTo(whole.stream().mapToLong(Trajectory::length).sum());
        assertThat(batch.statistics().prefilledTokens()).isEqualTo(3 + 74 + 8);
      }
      List<Trajectory> sorted = Runs.sorted(done);
      for (int i = 0; i < whole.size(); i++) {
        Runs.same(sorted.get(i), whole.get(i));
      }
    }
  }

  @Test
  void newWeightsAndCancellationsReachPromptsInTheMaking() {
    MethodSpec method = spec("multiplex", 2);
    GroupRequest late = group(2, 2, 10, prompt(50, 2));
    List<Trajectory> expected = Runs.decode(model, settings(method, 8), late);
    try (GenerationModel own =
            GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(2), TinyModel.compute());
        DecodeBatch batch =
            new DecodeBatch(own, settings(method, 8).within(Long.MAX_VALUE, 16), 0)) {
      batch.admit(group(1, 2, 10, prompt(60, 1)));
      batch.admit(late);
      batch.step();
      assertThat(batch.running()).isEqualTo(4);
      assertThat(batch.statistics().tokens()).isZero();
      assertThat(batch.cancel(1)).isEqualTo(2);
      batch.step();
      batch.swapWeights(TinyModel.weights(1), 1);
      List<Trajectory> done = Runs.finish(batch);
      for (int i = 0; i < 2; i++) {
        Runs.same(done.get(i), expected.get(i));
      }
      assertThat(batch.memory().bytes()).isZero();
    }
  }

  @Test
  void promptsThatCannotBeAreRefusedAndTheOthersGoOn() {
    try (DecodeBatch batch = new DecodeBatch(model, settings(spec("discrete", 1), 8), 0)) {
      batch.admit(group(1, 1, 5, 1, 2));
      assertThatThrownBy(() -> batch.admit(group(2, 1, 5, prompt(129, 1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the prompt of group 2 has 129 ids, the context 128");
      assertThatThrownBy(() -> batch.admit(group(3, 1, 5, 1, TinyModel.VOCABULARY)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("id 24 is outside the vocabulary of 24");
      assertThat(batch.stepToEnd()).hasSize(1);
      assertThat(Arrays.stream(new int[] {batch.freeSlots()}).sum()).isEqualTo(8);
    }
  }
}
