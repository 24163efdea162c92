package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.Scaled;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.UnfinishedSequence;
import io.amalgam.policy.train.Replay;
import io.amalgam.policy.train.ReplaySettings;
import io.amalgam.policy.train.loss.ClipRange;
import io.amalgam.policy.train.loss.ClippedLoss;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose prompt lies once in the cache. */
class SharedPromptTest {
  private static final MethodSpec MULTIPLEX = TinyModel.spec("multiplex", 2);
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 12, 7);
  private static final int MEMBERS = 6;

  private static int[] prompt(int length, long seed) {
    return new Random(seed).ints(length, 0, TinyModel.VOCABULARY).toArray();
  }

  private static DecodeSettings settings(int... endIds) {
    return new DecodeSettings(32, 128, MULTIPLEX, PHASES, endIds, true);
  }

  private static GenerationModel model(ComputeFormat format) {
    return GenerationModel.load(
        TinyModel.CONFIG, TinyModel.weights(1), new ComputeSettings(2, format, "cpu"));
  }

  /** The members of a group, each decoded by itself, so that nothing is shared. */
  private static List<Trajectory> alone(
      GenerationModel model, DecodeSettings settings, GroupRequest g) {
    List<Trajectory> out = new ArrayList<>();
    for (int i = 0; i < g.members(); i++) {
      out.addAll(Runs.decode(model, settings, g.part(i, 1)));
    }
    return out;
  }

  private static void sameButForTheFlag(List<Trajectory> shared, List<Trajectory> alone) {
    assertThat(shared).hasSameSizeAs(alone);
    for (int i = 0; i < shared.size(); i++) {
      Trajectory a = shared.get(i);
      Trajectory b = alone.get(i);
      assertThat(a.promptApart()).isTrue();
      assertThat(b.promptApart()).isFalse();
      assertThat(a.key()).isEqualTo(b.key());
      assertThat(a.ids()).isEqualTo(b.ids());
      assertThat(a.finish()).isEqualTo(b.finish());
      for (int t = 0; t < a.logProbs().length; t++) {
        assertThat(a.logProbs()[t]).isCloseTo(b.logProbs()[t], within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 66, 70, 96, 97, 100})
  void membersAreTheSameAsWithAPromptOfTheirOwn(int length) {
    try (GenerationModel model = model(ComputeFormat.F32)) {
      GroupRequest g = group(3, MEMBERS, 128 - length, prompt(length, length));
      sameButForTheFlag(Runs.decode(model, settings(3, 5), g), alone(model, settings(3, 5), g));
    }
  }

  @Test
  void shortPromptsAndSmallGroupsShareNothing() {
    try (GenerationModel model = model(ComputeFormat.F32)) {
      for (GroupRequest g :
          List.of(group(1, MEMBERS, 5, prompt(64, 1)), group(2, 3, 5, prompt(90, 2)))) {
        assertThat(Runs.decode(model, settings(), g)).noneMatch(Trajectory::promptApart);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 64, 65})
  void groupsComeAndGoBesideEachOther(int prefillChunk) {
    Random random = new Random(prefillChunk);
    DecodeSettings settings = settings(3, 5).within(Long.MAX_VALUE, prefillChunk);
    try (GenerationModel model = model(ComputeFormat.F32);
        DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      long free = batch.memory().freePositions();
      List<GroupRequest> groups = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int length = 20 + random.nextInt(80);
        groups.add(group(i, 4 + random.nextInt(5), 1 + random.nextInt(28), prompt(length, i)));
      }
      List<Trajectory> done = new ArrayList<>();
      int next = 0;
      while (next < groups.size() || batch.running() > 0) {
        if (next < groups.size() && batch.room(groups.get(next)) >= groups.get(next).members()) {
          batch.admit(groups.get(next++));
        }
        done.addAll(batch.step());
        if (batch.statistics().steps() == 20) {
          batch.swapWeights(TinyModel.weights(1), 1);
        }
      }
      for (Trajectory t : done) {
        Trajectory alone =
            alone(model, settings(3, 5), groups.get((int) t.key().ordinal())).get(t.key().member());
        assertThat(t.ids()).isEqualTo(alone.ids());
      }
      assertThat(done).anyMatch(Trajectory::promptApart);
      assertThat(batch.memory().freePositions()).isEqualTo(free);
      assertThat(batch.memory().bytes()).isZero();
    }
  }

  @Test
  void cancelledGroupsGiveBackWhatTheyShared() {
    try (GenerationModel model = model(ComputeFormat.F32);
        DecodeBatch batch = new DecodeBatch(model, settings().within(Long.MAX_VALUE, 50), 0)) {
      long free = batch.memory().freePositions();
      for (int i = 0; i < 3; i++) {
        batch.admit(group(i, MEMBERS, 20, prompt(90 + i, i)));
      }
      batch.step();
      batch.step();
      batch.cancel(0);
      GroupRequest kept = group(1, MEMBERS, 20, prompt(91, 1));
      batch.cancel(key -> key.ordinal() == 2 && key.member() > 0);
      List<Trajectory> done = Runs.finish(batch);
      sameButForTheFlag(done.subList(0, MEMBERS), alone(model, settings(), kept));
      assertThat(done).hasSize(MEMBERS + 1);
      assertThat(batch.memory().freePositions()).isEqualTo(free);
    }
  }

  @Test
  void anotherDecoderGoesOnWithOneMember() {
    try (GenerationModel model = model(ComputeFormat.F32);
        DecodeBatch first = new DecodeBatch(model, settings(), 0);
        DecodeBatch second = new DecodeBatch(model, settings(), 0)) {
      GroupRequest g = group(1, MEMBERS, 25, prompt(80, 1));
      first.admit(g);
      for (int i = 0; i < 9; i++) {
        first.step();
      }
      List<UnfinishedSequence> moved = first.export(key -> key.member() % 2 == 0);
      moved.forEach(second::resume);
      List<Trajectory> all = new ArrayList<>(first.stepToEnd());
      all.addAll(second.stepToEnd());
      sameButForTheFlag(Runs.sorted(all), alone(model, settings(), g));
    }
  }

  /**
   * In bf16 one number rounded elsewhere is seen in every later log-prob, so sums have to be
   * rounded at the same place in training: whole prompts, prompts in pieces, and sequences that
   * another decoder has continued, beside others that share nothing.
   */
  @ParameterizedTest
  @CsvSource({"2, 0", "10, 0", "2, 40", "2, 65"})
  void inBf16TheReplayRoundsAtTheSamePlace(int keyValueHeads, int prefillChunk) {
    ModelConfig config =
        ModelConfig.of(Family.QWEN2, 300, 640, 1100, 2, 10, keyValueHeads, true, 256);
    ModelWeights published = Scaled.times(RandomInit.weights(config, 5), 3).as(DType.BF16);
    ComputeSettings bf16 = new ComputeSettings(2, ComputeFormat.BF16, "cpu");
    DecodeSettings settings =
        new DecodeSettings(32, 256, MULTIPLEX, PHASES, new int[0], true)
            .within(Long.MAX_VALUE, prefillChunk);
    List<Trajectory> done = new ArrayList<>();
    try (GenerationModel model = GenerationModel.load(config, published, bf16);
        DecodeBatch batch = new DecodeBatch(model, settings, 0);
        DecodeBatch other = new DecodeBatch(model, settings, 0)) {
      int[] lengths = {65, 130, 100, 20};
      for (int i = 0; i < lengths.length; i++) {
        batch.admit(group(i, i == 2 ? 3 : 5, 40, new Random(i).ints(lengths[i], 0, 300).toArray()));
      }
      for (int i = 0; i < 15; i++) {
        done.addAll(batch.step());
      }
      batch.export(key -> key.member() == 2).forEach(other::resume);
      batch.swapWeights(published, 0);
      done.addAll(batch.stepToEnd());
      done.addAll(other.stepToEnd());
    }
    assertThat(done).hasSize(18).anyMatch(t -> !t.promptApart()).anyMatch(Trajectory::promptApart);
    try (TrainableModel model = TrainableModel.load(config, published.as(DType.F32), bf16, true)) {
      PolicyLoss loss =
          new ClippedLoss(
              PolicyLoss.Settings.standard(), new ClipRange(.2, .28, OptionalDouble.empty()));
      List<double[]> scored =
          new Replay(model, loss, new ReplaySettings(700, false, false)).score(done);
      for (int i = 0; i < done.size(); i++) {
        double[] terms = scored.get(i);
        int term = 0;
        Trajectory t = done.get(i);
        for (int p = 0; p < t.length(); p++) {
          for (int j = 0; j < t.terms()[p]; j++) {
            assertThat(terms[term++])
                .as("%s position %d", t.key(), p)
                .isCloseTo(t.logProbs()[p * t.method().k() + j], within(1e-4));
          }
        }
      }
    }
  }
}
