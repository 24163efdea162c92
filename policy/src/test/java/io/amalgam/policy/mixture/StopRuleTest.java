package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.rollout.ClosedBy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every stop rule on scripted positions. The marker is {@code </think>} = ids 3, 4, 5. */
class StopRuleTest {
  private static final List<String> PIECES = List.of("a", "b", "c", "</", "think", ">");
  private static final int[] MARKER = {3, 4, 5};

  private static PhaseSettings settings(PhaseSettings.Rule rule) {
    return new PhaseSettings(rule, 0.5, PhaseSettings.Lock.OFF, 0.01, 0, 0, true);
  }

  private static PhasePolicy policy(PhaseSettings settings, int... ids) {
    return settings.policy("</think>", ids, id -> PIECES.get(id).getBytes(StandardCharsets.UTF_8));
  }

  private static PhaseTracker tracker(PhaseSettings.Rule rule, int... ids) {
    return policy(settings(rule), ids).start();
  }

  private static void mixes(PhaseTracker tracker, Scripted position) {
    Settled settled = position.at(tracker);
    assertThat(settled.phase()).isEqualTo(Phase.MIXTURE);
    assertThat(settled.step()).isSameAs(position.step());
    assertThat(tracker.phase()).isEqualTo(Phase.MIXTURE);
  }

  private static void forces(PhaseTracker tracker, Scripted position, int id) {
    Settled settled = position.at(tracker);
    assertThat(settled.forced()).isTrue();
    assertThat(settled.phase()).isEqualTo(Phase.DISCRETE);
    assertThat(settled.step().representativeId()).isEqualTo(id);
    assertThat(settled.step().terms()).isZero();
    assertThat(settled.step().weights()[0]).isEqualTo(1);
  }

  private static void plain(PhaseTracker tracker, Scripted position) {
    assertThat(tracker.phase()).isEqualTo(Phase.DISCRETE);
    assertThat(tracker.forced()).isEmpty();
    assertThat(position.at(tracker)).isEqualTo(new Settled(position.step(), Phase.DISCRETE, false));
  }

  @Test
  void representativeIdsSpellTheMarker() {
    PhaseTracker t = tracker(PhaseSettings.Rule.REPRESENTATIVE_IDS, MARKER);
    mixes(t, Scripted.mixture(1, 0, 3));
    mixes(t, Scripted.mixture(1, 0, 4));
    Settled end = Scripted.mixture(1, 0, 5).at(t);
    assertThat(end.step().weights()).containsExactly(0, 1);
    assertThat(end.step().terms()).isEqualTo(2);
    assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);
    plain(t, Scripted.token(3));
  }

  @Test
  void firstDrawsSpellTheMarkerWhateverTheRepresentativeIs() {
    PhaseTracker t = tracker(PhaseSettings.Rule.FIRST_DRAW, 5);
    mixes(t, Scripted.mixture(1, 0, 5));
    Settled end = Scripted.mixture(1, 5, 0).at(t);
    assertThat(end.step().representativeId()).isEqualTo(5);
    assertThat(end.step().weights()).containsExactly(1, 0);
    assertThat(end.step().terms()).isEqualTo(2);
    assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);

    PhaseTracker several = tracker(PhaseSettings.Rule.FIRST_DRAW, MARKER);
    for (int id : MARKER) {
      assertThat(several.phase()).isEqualTo(Phase.MIXTURE);
      Scripted.mixture(1, id, 0).at(several);
    }
    assertThat(several.closedBy()).isEqualTo(ClosedBy.MODEL);
  }

  @Test
  void aFirstDrawThatIsNoPartOfTheActionDoesNotCount() {
    PhaseTracker t = tracker(PhaseSettings.Rule.FIRST_DRAW, 5);
    mixes(t, Scripted.mixture(0, 0, 1).firstDraw(5));
    Scripted.mixture(1, 0, 5).firstDraw(2).at(t);
    assertThat(t.phase()).as("the representative counts instead").isEqualTo(Phase.DISCRETE);
  }

  @Test
  void theMostProbableTokenEndsThePhaseAndIsFedWithoutALikelihood() {
    PhaseTracker t = tracker(PhaseSettings.Rule.ARGMAX, 5);
    mixes(t, Scripted.mixture(0, 5, 1).mostProbable(2));
    forces(t, Scripted.mixture(0, 0, 1).mostProbable(5), 5);
    assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);
    plain(t, Scripted.mixture(0, 0, 1).mostProbable(5));

    PhaseTracker several = tracker(PhaseSettings.Rule.ARGMAX, MARKER);
    mixes(several, Scripted.mixture(0, 0, 1).mostProbable(3));
    mixes(several, Scripted.mixture(0, 0, 1).mostProbable(4));
    forces(several, Scripted.mixture(0, 0, 1).mostProbable(5), 5);
    plain(several, Scripted.token(0));
  }

  @Test
  void aProbableEndIsForcedAsAWhole() {
    PhasePolicy policy = policy(settings(PhaseSettings.Rule.PROBABILITY), MARKER);
    assertThat(policy.watched()).hasValue(3);
    PhaseTracker t = policy.start();
    mixes(t, Scripted.mixture(0, 3, 1).watched(0.49));
    forces(t, Scripted.mixture(0, 0, 1).watched(0.51), 3);
    forces(t, Scripted.mixture(0, 0, 1).watched(0.51), 4);
    forces(t, Scripted.mixture(0, 0, 1).watched(0.51), 5);
    plain(t, Scripted.mixture(0, 0, 1).watched(0.51));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.PROBABILITY);
    assertThat(t.mixtureLength()).isEqualTo(1);
  }

  private static PhaseSettings cold(boolean force) {
    return new PhaseSettings(
        PhaseSettings.Rule.REPRESENTATIVE_TEXT, 0.5, PhaseSettings.Lock.OFF, 0.1, 3, 0, force);
  }

  @Test
  void coldStopCountsCertainPositionsInARow() {
    PhaseTracker t = policy(cold(true), MARKER).start();
    for (double entropy : new double[] {0.05, 0.09, 0.1, 0.01, 0.01}) {
      mixes(t, Scripted.mixture(0, 0, 1).entropy(entropy));
    }
    forces(t, Scripted.mixture(0, 0, 1).entropy(0.01), 3);
    forces(t, Scripted.mixture(0, 0, 1).entropy(5), 4);
    forces(t, Scripted.mixture(0, 0, 1).entropy(5), 5);
    plain(t, Scripted.mixture(0, 0, 1).entropy(0.01));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.COLD_STOP);
    assertThat(t.mixtureLength()).isEqualTo(5);
  }

  @Test
  void whatHoldsOfTheStateEndsThePhaseWhateverIsDrawn() {
    PhaseTracker t = policy(cold(true), 5).start();
    mixes(t, Scripted.token(0).entropy(0.01));
    mixes(t, Scripted.token(0).entropy(0.01));
    forces(t, Scripted.token(5).entropy(0.01), 5);
    assertThat(t.closedBy()).isEqualTo(ClosedBy.COLD_STOP);
  }

  @Test
  void withoutForceTheNextPositionIsAnOrdinaryToken() {
    PhaseTracker t = policy(cold(false), MARKER).start();
    for (int i = 0; i < 3; i++) {
      assertThat(t.phase()).isEqualTo(Phase.MIXTURE);
      Settled s = Scripted.mixture(0, 0, 1).entropy(0.01).at(t);
      assertThat(s.step().weights()[0]).isEqualTo(0.5f);
      assertThat(s.forced()).isFalse();
    }
    plain(t, Scripted.token(0));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.COLD_STOP);
    assertThat(t.mixtureLength()).isEqualTo(3);

    PhaseSettings free =
        new PhaseSettings(
            PhaseSettings.Rule.REPRESENTATIVE_TEXT, 0.5, PhaseSettings.Lock.OFF, 0.1, 0, 2, false);
    PhaseTracker longest = policy(free, MARKER).start();
    mixes(longest, Scripted.mixture(0, 0, 1));
    assertThat(Scripted.mixture(0, 0, 1).at(longest).phase()).isEqualTo(Phase.MIXTURE);
    plain(longest, Scripted.token(0));
    assertThat(longest.closedBy()).isEqualTo(ClosedBy.FORCED);
  }

  private static PhaseTracker locking(int longest) {
    return policy(PhaseSettings.usual().longest(longest), MARKER).start();
  }

  @Test
  void aBegunMarkerIsFinishedInOrdinaryTokens() {
    PhaseTracker t = locking(0);
    mixes(t, Scripted.mixture(0, 0, 3));
    Settled begun = Scripted.mixture(1, 0, 3).at(t);
    assertThat(begun.phase()).isEqualTo(Phase.MIXTURE);
    assertThat(begun.step().weights()).containsExactly(0, 1);
    plain(t, Scripted.token(4));
    plain(t, Scripted.token(5));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);
    plain(t, Scripted.token(0));
    assertThat(t.mixtureLength()).isEqualTo(2);
  }

  @Test
  void mixingGoesOnWhenTheMarkerDoesNot() {
    PhaseTracker t = locking(0);
    Scripted.mixture(0, 3, 0).at(t);
    plain(t, Scripted.token(4));
    plain(t, Scripted.token(1));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.LENGTH);
    mixes(t, Scripted.mixture(0, 0, 1));
    Scripted.mixture(0, 3, 0).at(t);
    plain(t, Scripted.token(3));
    plain(t, Scripted.token(4));
    plain(t, Scripted.token(5));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);
  }

  @Test
  void theLimitLetsABegunMarkerEndButNotBeginAgain() {
    PhaseTracker ends = locking(1);
    Scripted.token(3).at(ends);
    plain(ends, Scripted.token(4));
    plain(ends, Scripted.token(5));
    assertThat(ends.closedBy()).isEqualTo(ClosedBy.MODEL);

    PhaseTracker repeats = locking(2);
    Scripted.token(3).at(repeats);
    plain(repeats, Scripted.token(3));
    for (int id : MARKER) {
      forces(repeats, Scripted.token(0), id);
    }
    assertThat(repeats.closedBy()).isEqualTo(ClosedBy.FORCED);

    PhaseTracker fails = locking(1);
    Scripted.token(3).at(fails);
    plain(fails, Scripted.token(0));
    forces(fails, Scripted.token(0), 3);
  }

  @Test
  void certainTokensOfABegunMarkerAreNoColdStop() {
    PhaseSettings both =
        new PhaseSettings(
            PhaseSettings.Rule.REPRESENTATIVE_IDS, 0.5, PhaseSettings.Lock.AUTO, 0.1, 2, 0, true);
    PhaseTracker t = policy(both, MARKER).start();
    Scripted.token(3).entropy(0.01).at(t);
    plain(t, Scripted.token(4).entropy(0.01));
    plain(t, Scripted.token(5).entropy(0.01));
    assertThat(t.closedBy()).isEqualTo(ClosedBy.MODEL);
  }

  @Test
  void lockingFollowsTheMarkerUnlessItIsChosen() {
    for (PhaseSettings.Rule rule : PhaseSettings.Rule.values()) {
      for (PhaseSettings.Lock lock : PhaseSettings.Lock.values()) {
        if (lock == PhaseSettings.Lock.ON && !rule.readsActions()) {
          assertThatThrownBy(() -> new PhaseSettings(rule, 0.5, lock, 0.01, 0, 0, true))
              .hasMessageContaining("cannot lock");
          continue;
        }
        PhaseSettings s = new PhaseSettings(rule, 0.5, lock, 0.01, 0, 0, true);
        boolean on = lock == PhaseSettings.Lock.ON;
        boolean auto = lock == PhaseSettings.Lock.AUTO && rule.readsActions();
        assertThat(policy(s, MARKER).lockOnFirst()).isEqualTo(on || auto);
        assertThat(policy(s, 5).lockOnFirst()).isEqualTo(on);
      }
    }
    assertThat(PhaseSettings.words(PhaseSettings.Rule.class))
        .containsExactly(
            "representative-text", "representative-ids", "first-draw", "argmax", "probability");
  }
}
