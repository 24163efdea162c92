package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.rollout.ClosedBy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final List<String> PIECES =
      List.of("a", "<", "/", "</", "think", ">", ".</", ">\n", "</think>", "<</think>x", "é", "");

  private static EndMarker text() {
    return new EndMarker.Text("</think>", id -> PIECES.get(id).getBytes(StandardCharsets.UTF_8));
  }

  private static int[] ids(String... pieces) {
    return java.util.Arrays.stream(pieces).mapToInt(PIECES::indexOf).toArray();
  }

  @Test
  void theMarkerIsFoundHoweverItIsCut() {
    check(true, ids("a", "</", "think", ">"));
    check(true, ids("a", ".</", "think", ">\n"));
    check(true, ids("<", "/", "think", ">"));
    check(true, ids("<", "</", "think", ">"));
    check(true, ids("</think>"));
    check(true, ids("<</think>x"));
    check(false, ids("</", "think", "a"));
    check(false, ids("</", "a", "think", ">"));
  }

  private static void check(boolean closes, int[] ids) {
    PhaseTracker tracker = PhasePolicy.until(text()).start();
    for (int i = 0; i < ids.length; i++) {
      assertThat(tracker.phase()).isEqualTo(Phase.MIXTURE);
      Settled settled = Scripted.mixture(0, ids[i], 10).at(tracker);
      boolean last = closes && i == ids.length - 1;
      assertThat(settled.step().weights()[0]).isEqualTo(last ? 1f : 0.5f);
      assertThat(settled.phase()).isEqualTo(Phase.MIXTURE);
      assertThat(settled.forced()).isFalse();
    }
    assertThat(tracker.phase()).isEqualTo(closes ? Phase.DISCRETE : Phase.MIXTURE);
    assertThat(tracker.closedBy()).isEqualTo(closes ? ClosedBy.MODEL : ClosedBy.LENGTH);
  }

  @Property(tries = 200, seed = "17")
  void theMatcherAgreesWithASearchOfTheWholeText(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 11) Integer> ids) {
    StopMatcher matcher = text().matcher();
    StringBuilder all = new StringBuilder();
    for (int id : ids) {
      int before = all.length();
      all.append(PIECES.get(id));
      int found = all.indexOf("</think>", Math.max(0, before - 7));
      assertThat(matcher.accept(id)).isEqualTo(found >= 0);
    }
  }

  @Test
  void idsCloseInOrder() {
    PhaseTracker tracker = PhasePolicy.until(new EndMarker.Ids(new int[] {5, 5, 6})).start();
    for (int id : new int[] {5, 5, 5}) {
      Scripted.token(id).at(tracker);
      assertThat(tracker.phase()).isEqualTo(Phase.MIXTURE);
    }
    Scripted.token(6).at(tracker);
    assertThat(tracker.phase()).isEqualTo(Phase.DISCRETE);
    assertThat(Scripted.token(6).at(tracker).phase()).isEqualTo(Phase.DISCRETE);
    assertThat(tracker.mixtureLength()).isEqualTo(4);
  }

  @Test
  void theLongestMixtureForcesTheMarker() {
    PhaseTracker tracker = PhasePolicy.until(text(), 2, 7, 8).start();
    Scripted.token(0).at(tracker);
    assertThat(tracker.forced()).isEmpty();
    Scripted.token(0).at(tracker);
    assertThat(tracker.phase()).isEqualTo(Phase.DISCRETE);
    assertThat(tracker.forced()).hasValue(7);
    assertThat(Scripted.token(0).at(tracker).forced()).isTrue();
    assertThat(tracker.forced()).hasValue(8);
    assertThat(Scripted.token(0).at(tracker).step().representativeId()).isEqualTo(8);
    assertThat(tracker.forced()).isEmpty();
    assertThat(Scripted.token(0).at(tracker).forced()).isFalse();
    assertThat(tracker.closedBy()).isEqualTo(ClosedBy.FORCED);
    assertThat(tracker.mixtureLength()).isEqualTo(2);
  }

  @Test
  void closingAtTheLimitIsTheModelsOwn() {
    PhaseTracker tracker = PhasePolicy.until(text(), 2, 7).start();
    Scripted.token(0).at(tracker);
    Scripted.token(PIECES.indexOf("</think>")).at(tracker);
    assertThat(tracker.forced()).isEmpty();
    assertThat(tracker.closedBy()).isEqualTo(ClosedBy.MODEL);
  }

  @Test
  void discreteOnlyNeverMixes() {
    PhaseTracker tracker = PhasePolicy.discreteOnly().start();
    assertThat(tracker.phase()).isEqualTo(Phase.DISCRETE);
    assertThat(Scripted.token(8).at(tracker)).extracting(Settled::phase).isEqualTo(Phase.DISCRETE);
    assertThat(tracker.mixtureLength()).isZero();
  }

  @Test
  void impossiblePoliciesAreRefused() {
    assertThatThrownBy(() -> PhasePolicy.until(text(), 3)).hasMessageContaining("ids of the end");
    assertThatThrownBy(() -> PhasePolicy.until(text(), -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new EndMarker.Text("", id -> new byte[0])).hasMessageContaining("one");
    assertThatThrownBy(() -> new EndMarker.Ids(new int[0])).hasMessageContaining("one");
    StopRule cold = new StateRule.ColdStop(0.1, 2);
    StopRule text = new MarkerRule.Representatives(text());
    assertThatThrownBy(() -> new PhasePolicy(List.of(text, text), new int[] {1}, true, false))
        .hasMessageContaining("two marker rules");
    assertThatThrownBy(() -> new PhasePolicy(List.of(text, cold), new int[0], true, false))
        .hasMessageContaining("ids of the end marker");
    assertThatThrownBy(() -> new PhasePolicy(List.of(cold), new int[] {1}, true, true))
        .hasMessageContaining("reads the marker");
    assertThatThrownBy(() -> new StateRule.ColdStop(0, 2)).hasMessageContaining("never");
    assertThatThrownBy(() -> new StateRule.EndProbability(1, 0)).hasMessageContaining("above 0");
    assertThat(new PhasePolicy(List.of(text, cold), new int[0], false, false).watched()).isEmpty();
  }
}
