package io.amalgam.policy.mixture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * When a sequence changes from mixing to ordinary tokens.
 *
 * @param rules what ends the mixture phase, whichever comes first; at most one of them reads a
 *     marker and at most one counts. Empty: the sequence is discrete from the start
 * @param markerIds the end marker as ids, fed one-hot when forced; may be empty when nothing is
 * @param force whether an end that the policy did not write feeds the marker; otherwise the next
 *     position is simply an ordinary token
 * @param lockOnFirst whether the marker's first id changes to ordinary tokens until it is clear
 *     whether the rest of the marker follows, so that no marker of several tokens is written by
 *     mixtures; if it does not follow, mixing goes on
 */
public record PhasePolicy(
    List<StopRule> rules, int[] markerIds, boolean force, boolean lockOnFirst) {
  /** Checks that the rules fit each other and that what is to be forced is known. */
  public PhasePolicy {
    rules = List.copyOf(rules);
    markerIds = markerIds.clone();
    if (count(rules, MarkerRule.class) > 1 || count(rules, LongestMixture.class) > 1) {
      throw new IllegalArgumentException("two marker rules, or two longest mixtures: " + rules);
    }
    boolean forces = force && rules.stream().anyMatch(r -> !(r instanceof MarkerRule));
    if (markerIds.length == 0 && (forces || lockOnFirst)) {
      throw new IllegalArgumentException("forcing and locking need the ids of the end marker");
    }
    if (lockOnFirst && count(rules, MarkerRule.class) == 0) {
      throw new IllegalArgumentException("locking needs a rule that reads the marker");
    }
    if (watched(rules).distinct().count() > 1) {
      throw new IllegalArgumentException("only one id can be watched: " + rules);
    }
  }

  private static long count(List<StopRule> rules, Class<? extends StopRule> kind) {
    return rules.stream().filter(kind::isInstance).count();
  }

  private static Stream<Integer> watched(List<StopRule> rules) {
    return rules.stream()
        .flatMap(r -> r instanceof StateRule s ? s.watched().stream().boxed() : Stream.empty());
  }

  /** Ordinary tokens from the start. */
  public static PhasePolicy discreteOnly() {
    return new PhasePolicy(List.of(), new int[0], true, false);
  }

  /** Mixtures until the representatives spell the marker, however long that takes. */
  public static PhasePolicy until(EndMarker marker) {
    return until(marker, 0);
  }

  /** The same, forced after {@code longest} positions; 0: never. */
  public static PhasePolicy until(EndMarker marker, int longest, int... forcedIds) {
    List<StopRule> rules = new ArrayList<>();
    rules.add(new MarkerRule.Representatives(marker));
    if (longest != 0) {
      rules.add(new LongestMixture(longest));
    }
    return new PhasePolicy(rules, forcedIds, true, false);
  }

  /** The id whose probability some rule must know. */
  public OptionalInt watched() {
    return watched(rules).mapToInt(Integer::intValue).findFirst();
  }

  /** The rule that reads the marker. */
  Optional<MarkerRule> marker() {
    return rules.stream()
        .flatMap(r -> r instanceof MarkerRule m ? Stream.of(m) : Stream.empty())
        .findFirst();
  }

  /** Thinking positions after which the phase ends; the largest number when nothing counts. */
  int longest() {
    return rules.stream()
        .mapToInt(r -> r instanceof LongestMixture l ? l.positions() : Integer.MAX_VALUE)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /**
   * The phase of a sequence that was begun elsewhere under the same policy.
   *
   * @throws IllegalArgumentException when the state is none of this policy
   */
  public PhaseTracker resume(PhaseState state) {
    return new PhaseTracker(this, state);
  }

  /** The phase of a new sequence. */
  public PhaseTracker start() {
    return new PhaseTracker(this);
  }
}
