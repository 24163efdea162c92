package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.rollout.ClosedBy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every phase policy on every sequence. */
class PhasePropertiesTest {
  private static final List<String> PIECES = List.of("a", "b", "</", "think", ">", "</think>");
  private static final int[] MARKER = {2, 3, 4};

  private record Seen(Phase asked, Settled settled) {}

  private static PhaseSettings settings(
      PhaseSettings.Rule rule, PhaseSettings.Lock lock, int cold, int longest, boolean force) {
    PhaseSettings.Lock possible =
        rule.readsActions() || lock != PhaseSettings.Lock.ON ? lock : PhaseSettings.Lock.OFF;
    return new PhaseSettings(rule, 0.5, possible, 0.3, cold, longest, force);
  }

  private static List<Seen> run(PhaseTracker tracker, long seed) {
    Random random = new Random(seed);
    List<Seen> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int first = random.nextInt(PIECES.size());
      int second = random.nextInt(PIECES.size());
      Scripted position =
          (tracker.phase() == Phase.DISCRETE
                  ? Scripted.token(first)
                  : Scripted.mixture(random.nextInt(2), first, second))
              .mostProbable(random.nextInt(PIECES.size()))
              .entropy(random.nextDouble())
              .watched(0.6 * random.nextDouble() + 1e-3);
      Phase asked = tracker.phase();
      all.add(new Seen(asked, position.at(tracker)));
    }
    return all;
  }

  @Property(tries = 1000, seed = "17")
  void aClosedPhaseStaysClosedAndForcedIdsComeOnceInOrder(
      @ForAll PhaseSettings.Rule rule,
      @ForAll PhaseSettings.Lock lock,
      @ForAll @IntRange(max = 3) int cold,
      @ForAll @IntRange(max = 20) int longest,
      @ForAll boolean force,
      @ForAll long seed) {
    PhasePolicy policy =
        settings(rule, lock, cold, longest, force)
            .policy("</think>", MARKER, id -> PIECES.get(id).getBytes(StandardCharsets.UTF_8));
    PhaseTracker tracker = policy.start();
    List<Seen> all = run(tracker, seed);
    List<Integer> forced = new ArrayList<>();
    int mixtures = 0;
    int back = 0;
    int lastForced = -1;
    for (int i = 0; i < all.size(); i++) {
      Settled s = all.get(i).settled();
      mixtures += s.phase() == Phase.MIXTURE ? 1 : 0;
      boolean was = i > 0 && all.get(i - 1).asked() == Phase.DISCRETE;
      back += was && all.get(i).asked() == Phase.MIXTURE ? 1 : 0;
      if (s.forced()) {
        assertThat(lastForced == -1 || lastForced == i - 1).as("forced in one piece").isTrue();
        assertThat(s.step().terms()).isZero();
        assertThat(s.phase()).isEqualTo(Phase.DISCRETE);
        forced.add(s.step().representativeId());
        lastForced = i;
      }
      if (lastForced >= 0 && i > lastForced) {
        assertThat(s.phase()).isEqualTo(Phase.DISCRETE);
      }
    }
    assertThat(tracker.mixtureLength()).isEqualTo(mixtures);
    if (!policy.lockOnFirst()) {
      assertThat(back).as("only a lock that was not confirmed goes back to mixing").isZero();
    }
    List<Integer> whole = List.of(2, 3, 4);
    if (!force) {
      assertThat(forced).isEmpty();
    } else if (rule == PhaseSettings.Rule.ARGMAX && tracker.closedBy() == ClosedBy.MODEL) {
      assertThat(forced).containsExactly(4);
    } else if (tracker.closedBy() == ClosedBy.MODEL || tracker.closedBy() == ClosedBy.LENGTH) {
      assertThat(forced).isEmpty();
    } else {
      assertThat(forced).isEqualTo(whole.subList(0, forced.size()));
      assertThat(lastForced).isGreaterThanOrEqualTo(0);
      assertThat(forced.size() == 3 || lastForced == all.size() - 1).isTrue();
    }
    if (longest > 0) {
      assertThat(tracker.closedBy()).isNotEqualTo(ClosedBy.LENGTH);
      assertThat(mixtures).isLessThanOrEqualTo(longest);
    }
  }

  @Property(tries = 200, seed = "18")
  void theSameSequenceGivesTheSamePhases(@ForAll PhaseSettings.Rule rule, @ForAll long seed) {
    PhasePolicy policy =
        settings(rule, PhaseSettings.Lock.AUTO, 2, 15, true)
            .policy("</think>", MARKER, id -> PIECES.get(id).getBytes(StandardCharsets.UTF_8));
    assertThat(run(policy.start(), seed))
        .usingRecursiveComparison()
        .isEqualTo(run(policy.start(), seed));
  }
}
