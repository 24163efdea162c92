package io.amalgam.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.proto.FinishData;
import io.amalgam.proto.RolloutRecord;
import io.amalgam.proto.TrajectoryData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryCodecTest {
  private static final int VOCABULARY = 512;

  @Property(tries = 100, seed = "17")
  void everyBitComesBack(
      @ForAll @LongRange(min = 0, max = 10_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 1, max = 4) int k) {
    Trajectory t = Trajectories.random(seed, length, k, VOCABULARY);
    byte[] bytes = TrajectoryCodec.encode(t);
    assertThat(TrajectoryCodec.decode(bytes, VOCABULARY)).usingRecursiveComparison().isEqualTo(t);
    assertThat(TrajectoryCodec.encode(t)).isEqualTo(bytes);
  }

  @Test
  void negativeZeroSurvives() {
    Trajectory t = Trajectories.random(0, 3, 2, VOCABULARY);
    t.auxiliary()[1] = -0f;
    Trajectory back = TrajectoryCodec.decode(TrajectoryCodec.encode(t), VOCABULARY);
    assertThat(Float.floatToRawIntBits(back.auxiliary()[1])).isEqualTo(0x80000000);
  }

  @Test
  void theBytesOfTheSchemaDoNotDrift() throws IOException {
    byte[] golden;
    try (var in = getClass().getResourceAsStream("trajectory.hex")) {
      assertThat(in).isNotNull();
      golden = HexFormat.of().parseHex(new String(in.readAllBytes(), "US-ASCII").strip());
    }
    Trajectory t = Trajectories.random(1, 3, 2, VOCABULARY);
    assertThat(TrajectoryCodec.encode(t)).isEqualTo(golden);
    assertThat(TrajectoryCodec.decode(golden, VOCABULARY)).usingRecursiveComparison().isEqualTo(t);
  }

  @Test
  void whatNoGeneratorSampledIsRefusedByField() {
    rejects("ids", b -> b.setIds(3, VOCABULARY));
    rejects("ids", b -> b.setIds(3, -1));
    rejects("ids", b -> b.addIds(1));
    rejects("prompt_ids", b -> b.setPromptIds(0, VOCABULARY));
    rejects("prompt_ids", TrajectoryData.Builder::clearPromptIds);
    rejects("representatives", b -> b.setRepresentatives(0, 511 - b.getIds(0)));
    rejects("ids", b -> b.addRepresentatives(0));
    rejects("weights", b -> b.setWeights(b.getWeights().substring(4)));
    rejects("weights", b -> b.setWeights(ByteString.copyFrom(new byte[b.getWeights().size()])));
    rejects("weights", b -> b.setWeights(ones(b.getWeights().size(), 0xff)));
    rejects("slots", b -> b.setSlots(ByteString.copyFrom(new byte[5])));
    rejects("slots", b -> b.setSlots(ByteString.copyFrom(new byte[] {1, 1, 1, 3, 1})));
    rejects("slots", b -> b.setSlots(ByteString.EMPTY));
    rejects("terms", b -> b.setTerms(ByteString.copyFrom(new byte[] {1, 1, 1, 3, 1})));
    rejects("flags", b -> b.setFlags(ByteString.copyFrom(new byte[4])));
    rejects("log_probs", b -> b.setLogProbs(ones(b.getLogProbs().size(), 0xff)));
    rejects("auxiliary", b -> b.setAuxiliary(ByteString.copyFrom(new byte[3])));
    rejects("thresholds", b -> b.setThresholds(ByteString.copyFrom(new byte[3])));
    rejects("entropies", b -> b.setEntropies(ByteString.EMPTY));
    rejects("run_lengths", b -> b.setRunLengths(0, 6));
    rejects("run_lengths", b -> b.addRunLengths(1));
    rejects("method", b -> b.getMethodBuilder().setMethod("unheard-of"));
    rejects("method", b -> b.getMethodBuilder().setTemperature(0));
    rejects("method.k", b -> b.getMethodBuilder().setK(0));
    rejects("finish", b -> b.setFinish(FinishData.FINISH_UNSPECIFIED));
    rejects("closed_by", TrajectoryData.Builder::clearClosedBy);
    assertThatThrownBy(() -> TrajectoryCodec.decode(new byte[] {1, 2, 3}, VOCABULARY))
        .isInstanceOf(TrajectoryRejected.class);
  }

  @Test
  void auxiliaryValuesAreAsManyAsTheMethodHas() {
    Trajectory t = noisy();
    assertThat(t.auxiliaryWidth()).isEqualTo(9);
    Trajectory back = TrajectoryCodec.decode(TrajectoryCodec.encode(t), VOCABULARY);
    assertThat(back).usingRecursiveComparison().isEqualTo(t);
    TrajectoryData.Builder b = TrajectoryCodec.toData(t).toBuilder();
    b.setAuxiliary(b.getAuxiliary().substring(36));
    assertRejects("auxiliary", b);
    b = TrajectoryCodec.toData(t).toBuilder();
    b.setAuxiliary(ByteString.EMPTY);
    assertRejects("auxiliary", b);
    b = TrajectoryCodec.toData(t).toBuilder();
    b.getMethodBuilder().setMethod("discrete").setK(2).clearParameters();
    assertRejects("method", b);
    b = TrajectoryCodec.toData(t).toBuilder();
    b.getMethodBuilder().setMethod("multiplex").clearParameters();
    b.setAuxiliary(ByteString.EMPTY);
    assertRejects("flags", b);
  }

  /** A trajectory of a method that adds noise, whose position 0 has some of scale 0.25. */
  private static Trajectory noisy() {
    Trajectory t = Trajectories.random(4, 3, 2, VOCABULARY);
    float[] auxiliary = new float[27];
    auxiliary[2] = 0.25f;
    t.flags()[0] = (byte) (PositionFlag.MIXTURE.bit() | PositionFlag.NOISED.bit());
    return new Trajectory(
        t.key(),
        -7,
        t.promptIds(),
        MethodCatalog.create(new MethodSpec("gaussian", 2, 1, new TreeMap<>())).spec(),
        t.ids(),
        t.weights(),
        t.slots(),
        t.representatives(),
        t.flags(),
        auxiliary,
        t.thresholds(),
        t.supports(),
        t.logProbs(),
        t.terms(),
        t.entropies(),
        t.versions(),
        t.closedBy(),
        t.finish());
  }

  private static ByteString ones(int size, int value) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) value);
    return ByteString.copyFrom(bytes);
  }

  private static void rejects(String field, Consumer<TrajectoryData.Builder> damage) {
    TrajectoryData.Builder b =
        TrajectoryCodec.toData(Trajectories.random(2, 5, 2, VOCABULARY)).toBuilder();
    damage.accept(b);
    assertRejects(field, b);
  }

  private static void assertRejects(String field, TrajectoryData.Builder b) {
    assertThatThrownBy(() -> TrajectoryCodec.fromData(b.build(), VOCABULARY))
        .isInstanceOfSatisfying(
            TrajectoryRejected.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void rolloutFilesComeBackAndNeverOverwrite(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("step-000001.pb.zst");
    try (RolloutWriter writer = new RolloutWriter(file)) {
      for (int i = 0; i < 5; i++) {
        writer.write(record(i));
        if (i == 2) {
          writer.flush();
          try (RolloutReader reader = new RolloutReader(file)) {
            assertThat(reader.next()).contains(record(0));
            assertThat(reader.next()).contains(record(1));
            assertThat(reader.next()).contains(record(2));
          }
        }
      }
    }
    try (RolloutReader reader = new RolloutReader(file)) {
      for (int i = 0; i < 5; i++) {
        assertThat(reader.next()).contains(record(i));
      }
      assertThat(reader.next()).isEmpty();
    }
    assertThatThrownBy(() -> new RolloutWriter(file))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    assertThat(Files.size(file)).isPositive();
  }

  private static RolloutRecord record(int i) {
    return RolloutRecord.newBuilder()
        .setTrajectory(TrajectoryCodec.toData(Trajectories.random(i, 20, 2, VOCABULARY)))
        .setTask("chain_sum")
        .setReward(i)
        .build();
  }
}
