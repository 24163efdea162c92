package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.CatalogMethods;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.mixture.PhaseSettings.Lock;
import io.amalgam.policy.mixture.PhaseSettings.Rule;
import io.amalgam.policy.rollout.SequenceCodec;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryRejected;
import io.amalgam.policy.rollout.UnfinishedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence goes on in another decoder as if it had never moved. */
class SequenceExportTest {
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 8, 7);

  private static GenerationModel first;
  private static GenerationModel second;

  @BeforeAll
  static void load() {
    first = GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
    second = GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
  }

  static List<MethodSpec> methods() {
    return CatalogMethods.defaults(3);
  }

  /** Every sequence moves after so many steps; what it is in the end, in both decoders together. */
  private static List<Trajectory> moved(
      DecodeSettings settings, int steps, GroupRequest... groups) {
    List<Trajectory> done = new ArrayList<>();
    try (DecodeBatch from = new DecodeBatch(first, settings, 0);
        DecodeBatch to = new DecodeBatch(second, settings, 0)) {
      for (GroupRequest g : groups) {
        from.admit(g);
      }
      for (int i = 0; i < steps; i++) {
        done.addAll(from.step());
      }
      for (UnfinishedSequence s : from.export(key -> true)) {
        byte[] bytes = SequenceCodec.encode(s);
        UnfinishedSequence again = SequenceCodec.decode(bytes, TinyModel.VOCABULARY);
        assertThat(again).usingRecursiveComparison().isEqualTo(s);
        to.resume(again);
      }
      assertThat(from.running()).isZero();
      done.addAll(to.stepToEnd());
    }
    return Runs.sorted(done);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theContinuationIsTheSame(MethodSpec method) {
    DecodeSettings settings = settings(method, PHASES, 3);
    GroupRequest[] groups = {group(1, 3, 25, 1, 2, 9), group(2, 2, 14, 5)};
    List<Trajectory> stayed = Runs.decode(first, settings, groups);
    for (int steps : new int[] {0, 1, 6, 11}) {
      List<Trajectory> moved = moved(settings, steps, groups);
      assertThat(moved).hasSize(5);
      for (int i = 0; i < 5; i++) {
        Runs.same(moved.get(i), stayed.get(i));
      }
    }
  }

  @Test
  void phasesInTheMiddleOfEverythingGoOn() {
    int checked = 0;
    for (Rule rule : Rule.values()) {
      int[] marker = {7, 9, 4};
      PhaseSettings chosen =
          new PhaseSettings(rule, 0.08, rule.readsActions() ? Lock.ON : Lock.OFF, 2.2, 3, 9, true);
      PhasePolicy phases =
          chosen.policy("\u0007\u0009\u0004", marker, id -> new byte[] {(byte) id});
      DecodeSettings settings = settings(spec("multiplex", 3), phases);
      GroupRequest[] groups = {group(1, 8, 30, 1, 2)};
      List<Trajectory> stayed = Runs.decode(first, settings, groups);
      for (int steps = 1; steps < 14; steps += 2) {
        List<Trajectory> moved = moved(settings, steps, groups);
        for (int i = 0; i < moved.size(); i++) {
          Runs.same(moved.get(i), stayed.get(i));
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(5 * 7 * 8);
  }

  @Test
  void allModesMoveAndKeepTheirVersions() {
    DecodeSettings settings = settings(spec("multiplex", 3), PHASES);
    GroupRequest greedy =
        new GroupRequest("eval", 1, 3, 2, new int[] {1, 2}, 4, 1, DecodeMode.GREEDY, 8);
    GroupRequest discrete =
        new GroupRequest("eval", 1, 4, 0, new int[] {1, 2}, 0, 1, DecodeMode.DISCRETE, 8);
    List<Trajectory> stayed = Runs.decode(first, settings, greedy, discrete);
    List<Trajectory> moved = moved(settings, 3, greedy, discrete);
    for (int i = 0; i < 2; i++) {
      Runs.same(moved.get(i), stayed.get(i));
    }
    try (DecodeBatch from = new DecodeBatch(first, settings, 5);
        DecodeBatch to = new DecodeBatch(second, settings, 6)) {
      from.admit(discrete);
      from.step();
      from.step();
      from.export(key -> true).forEach(to::resume);
      assertThat(Runs.finish(to).get(0).versions()).containsExactly(5, 5, 6, 6, 6, 6, 6, 6);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    UnfinishedSequence s;
    try (DecodeBatch from = new DecodeBatch(first, settings(spec("multiplex", 3), PHASES), 0)) {
      from.admit(group(1, 1, 40, 1, 2));
      from.step();
      s = from.export(key -> true).get(0);
    }
    refused(s, settings(spec("multiplex", 2), PHASES), "was sampled with");
    refused(
        s,
        new DecodeSettings(1, 40, spec("multiplex", 3), PHASES, new int[0], true),
        "may take 41 positions, the context has 40");
    refused(s, settings(spec("multiplex", 3), PhasePolicy.discreteOnly()), "other stop rules");
    byte[] bytes = SequenceCodec.encode(s);
    assertThatThrownBy(() -> SequenceCodec.decode(Arrays.copyOf(bytes, 30), 24))
        .isInstanceOf(TrajectoryRejected.class);
    assertThatThrownBy(() -> SequenceCodec.decode(bytes, 2))
        .isInstanceOf(TrajectoryRejected.class)
        .hasMessageContaining("outside the vocabulary");
    assertThatThrownBy(() -> new UnfinishedSequence(s.soFar(), 1, s.phase()))
        .hasMessageContaining("not unfinished");
  }

  private static void refused(UnfinishedSequence s, DecodeSettings settings, String why) {
    try (DecodeBatch to = new DecodeBatch(second, settings, 0)) {
      assertThatThrownBy(() -> to.resume(s))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(why);
      assertThat(to.running()).isZero();
      assertThat(to.memory().freePositions()).isEqualTo(Long.MAX_VALUE / 128);
    }
  }
}
