package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.mixture.PhaseSettings.Lock;
import io.amalgam.policy.mixture.PhaseSettings.Rule;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stop rules in decoding: what is fed, flagged and recorded. */
class PhaseDecodeTest {
  private static final int[] MARKER = {7, 9, 4};
  private static final double ENTROPY = 2.2;

  private static GenerationModel model;

  @BeforeAll
  static void load() {
    model = GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Ids are their own text: one byte each. */
  private static PhasePolicy phases(PhaseSettings chosen, int... marker) {
    StringBuilder text = new StringBuilder();
    IntStream.of(marker).forEach(id -> text.append((char) id));
    return chosen.policy(text.toString(), marker, id -> new byte[] {(byte) id});
  }

  private static PhaseSettings settingsOf(
      Rule rule, double probability, int cold, int longest, boolean force) {
    return new PhaseSettings(rule, probability, Lock.OFF, ENTROPY, cold, longest, force);
  }

  private static List<Trajectory> decode(MethodSpec method, PhasePolicy phases, boolean swap) {
    List<Trajectory> all = new ArrayList<>();
    try (DecodeBatch batch = new DecodeBatch(model, settings(method, phases), 0)) {
      batch.admit(group(1, 8, 40, 1, 2));
      for (long version = 1; batch.running() > 0; version++) {
        all.addAll(batch.step());
        if (swap) {
          batch.swapWeights(TinyModel.weights(1), version);
        }
      }
    }
    all.sort(Comparator.comparingInt(t -> t.key().member()));
    return all;
  }

  private static boolean flag(Trajectory t, int p, PositionFlag flag) {
    return flag.in(t.flags()[p]);
  }

  /** Mixtures up to {@code end}, then the ids by force, then ordinary tokens. */
  private static void closedAt(Trajectory t, int end, int... forced) {
    int k = t.method().k();
    for (int p = 0; p < t.length(); p++) {
      boolean now = p >= end && p < end + forced.length;
      assertThat(flag(t, p, PositionFlag.MIXTURE)).as("position %d", p).isEqualTo(p < end);
      assertThat(flag(t, p, PositionFlag.FORCED)).as("position %d", p).isEqualTo(now);
      assertThat(t.terms()[p] == 0).isEqualTo(now);
      if (now) {
        assertThat(t.representatives()[p]).isEqualTo(forced[p - end]);
      }
      if (p >= end) {
        assertThat(t.slots()[p]).isEqualTo((byte) 1);
        assertThat(t.weights()[p * k]).isEqualTo(1);
      }
    }
  }

  @Test
  void coldStopForcesTheMarkerAfterCertainPositionsInARow() {
    PhasePolicy phases = phases(settingsOf(Rule.REPRESENTATIVE_IDS, 0.5, 3, 0, true), 21, 22, 23);
    int stopped = 0;
    for (Trajectory t : decode(spec("multiplex", 3), phases, false)) {
      int inARow = 0;
      int end = t.length();
      for (int p = 0; p < t.length() && end == t.length(); p++) {
        inARow = t.entropies()[p] < ENTROPY ? inARow + 1 : 0;
        end = inARow == 3 ? p : end;
      }
      closedAt(t, end, 21, 22, 23);
      assertThat(t.closedBy()).isEqualTo(end < t.length() ? ClosedBy.COLD_STOP : ClosedBy.LENGTH);
      stopped += end < t.length() ? 1 : 0;
    }
    assertThat(stopped).isPositive();
  }

  @Test
  void theLongestMixtureGoesOnInTokensWithOrWithoutTheMarker() {
    for (boolean force : new boolean[] {true, false}) {
      PhasePolicy phases =
          phases(settingsOf(Rule.REPRESENTATIVE_IDS, 0.5, 0, 5, force), 21, 22, 23);
      for (Trajectory t : decode(spec("different-tokens", 2), phases, false)) {
        assertThat(t.closedBy()).isEqualTo(ClosedBy.FORCED);
        closedAt(t, 5, force ? new int[] {21, 22, 23} : new int[0]);
      }
    }
  }

  /** The rows of logits from which the generated positions were sampled. */
  private static double[] probabilities(Trajectory t, int position) {
    int k = t.method().k();
    int prompt = t.promptIds().length;
    int[] ids = new int[(prompt + t.length()) * k];
    float[] weights = new float[ids.length];
    for (int p = 0; p < prompt; p++) {
      ids[p * k] = t.promptIds()[p];
      weights[p * k] = 1;
    }
    System.arraycopy(t.ids(), 0, ids, prompt * k, t.ids().length);
    System.arraycopy(t.weights(), 0, weights, prompt * k, t.weights().length);
    float[] logits = model.logits(ids, weights, k);
    double[] out = new double[TinyModel.VOCABULARY];
    double sum = 0;
    for (int v = 0; v < out.length; v++) {
      out[v] = Math.exp(logits[(prompt - 1 + position) * TinyModel.VOCABULARY + v]);
      sum += out[v];
    }
    for (int v = 0; v < out.length; v++) {
      out[v] /= sum;
    }
    return out;
  }

  private static int endOf(Trajectory t) {
    int end = 0;
    while (end < t.length() && flag(t, end, PositionFlag.MIXTURE)) {
      end++;
    }
    return end;
  }

  @Test
  void aProbableMarkerIsFedAndOnlyThen() {
    double least = 0.15;
    PhasePolicy phases = phases(settingsOf(Rule.PROBABILITY, least, 0, 0, true), MARKER);
    int stopped = 0;
    for (Trajectory t : decode(spec("multiplex", 2), phases, false)) {
      int end = endOf(t);
      closedAt(t, end, end < t.length() ? MARKER : new int[0]);
      for (int p = 0; p < end; p++) {
        assertThat(probabilities(t, p)[MARKER[0]]).isLessThan(least + 1e-4);
      }
      if (end < t.length()) {
        stopped++;
        assertThat(t.closedBy()).isEqualTo(ClosedBy.PROBABILITY);
        assertThat(probabilities(t, end)[MARKER[0]]).isGreaterThan(least - 1e-4);
      }
    }
    assertThat(stopped).isPositive();
  }

  @Test
  void theMostProbableTokenEndsThePhase() {
    int stopped = 0;
    PhasePolicy phases = phases(settingsOf(Rule.ARGMAX, 0.5, 0, 0, true), 7);
    for (Trajectory t : decode(spec("dirichlet", 2), phases, false)) {
      int end = endOf(t);
      closedAt(t, end, end < t.length() ? new int[] {7} : new int[0]);
      for (int p = 0; p <= end && p < t.length(); p++) {
        double[] probabilities = probabilities(t, p);
        double others =
            IntStream.range(0, probabilities.length)
                .filter(v -> v != 7)
                .mapToDouble(v -> probabilities[v])
                .max()
                .orElseThrow();
        if (p == end) {
          assertThat(probabilities[7]).isGreaterThan(others - 1e-4);
        } else {
          assertThat(probabilities[7]).isLessThan(others + 1e-4);
        }
      }
      stopped += end < t.length() ? 1 : 0;
    }
    assertThat(stopped).isPositive();
  }

  @Test
  void theFirstDrawEndsMultiplexThinking() {
    int stopped = 0;
    PhasePolicy phases = phases(settingsOf(Rule.FIRST_DRAW, 0.5, 0, 0, true), 7);
    for (Trajectory t : decode(spec("multiplex", 3), phases, false)) {
      int end = endOf(t);
      for (int p = 0; p < end; p++) {
        assertThat(t.ids()[p * 3] == 7).isEqualTo(t.closedBy() == ClosedBy.MODEL && p == end - 1);
      }
      stopped += t.closedBy() == ClosedBy.MODEL ? 1 : 0;
    }
    assertThat(stopped).isPositive();
  }

  @Test
  void theFirstTokenOfTheMarkerChangesToOrdinaryTokensUntilItIsClear() {
    int second = 9;
    PhaseSettings chosen =
        new PhaseSettings(Rule.REPRESENTATIVE_TEXT, 0.5, Lock.AUTO, ENTROPY, 0, 0, true);
    int locked = 0;
    for (Trajectory t : decode(spec("multiplex", 3), phases(chosen, 7, second), false)) {
      boolean closed = false;
      for (int p = 0; p < t.length(); p++) {
        boolean after = p > 0 && t.representatives()[p - 1] == 7;
        assertThat(flag(t, p, PositionFlag.MIXTURE))
            .as("position %d of %s", p, java.util.Arrays.toString(t.representatives()))
            .isEqualTo(!closed && !after);
        assertThat(t.terms()[p]).isPositive();
        if (flag(t, p, PositionFlag.MIXTURE) && t.representatives()[p] == 7) {
          locked++;
          assertThat(t.terms()[p]).isEqualTo((byte) 3);
          assertThat(t.weights()[p * 3]).isEqualTo(1);
        }
        closed |= after && t.representatives()[p] == second;
      }
      assertThat(t.closedBy()).isEqualTo(closed ? ClosedBy.MODEL : ClosedBy.LENGTH);
    }
    assertThat(locked).isPositive();
  }

  @Test
  void newWeightsLeaveThePhaseOfEverySequenceAsItIs() {
    PhaseSettings locks =
        new PhaseSettings(Rule.REPRESENTATIVE_TEXT, 0.5, Lock.AUTO, ENTROPY, 4, 12, true);
    for (PhaseSettings chosen :
        List.of(
            locks,
            settingsOf(Rule.FIRST_DRAW, 0.5, 3, 0, true),
            settingsOf(Rule.PROBABILITY, 0.15, 0, 20, true))) {
      MethodSpec method = spec("multiplex", 2);
      List<Trajectory> plain = decode(method, phases(chosen, MARKER), false);
      List<Trajectory> swapped = decode(method, phases(chosen, MARKER), true);
      for (int i = 0; i < plain.size(); i++) {
        assertThat(swapped.get(i).ids()).isEqualTo(plain.get(i).ids());
        assertThat(swapped.get(i).flags()).isEqualTo(plain.get(i).flags());
        assertThat(swapped.get(i).closedBy()).isEqualTo(plain.get(i).closedBy());
      }
    }
  }
}
