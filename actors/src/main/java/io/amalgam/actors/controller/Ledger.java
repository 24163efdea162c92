package io.amalgam.actors.controller;

import io.amalgam.actors.cluster.RunEvent.GroupCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of every group: the fold of the ledger's events.
 *
 * <p>Every attempt is opened once and closed once. A group is started again after {@link
 * Outcome#STALE} and {@link Outcome#REQUEUED}; after any other outcome it is over. {@link #apply}
 * refuses events that would break this, so an outcome can be neither lost nor given twice, in
 * whatever order messages arrive: a late or repeated message finds its attempt closed and is told
 * so by an empty answer of {@link #close} or {@link #setBack}.
 *
 * <p>A resume voids everything after the checkpoint's position; attempts that were open there are
 * open again, and the weights of the checkpoint contain exactly the groups that the remaining
 * history calls trained.
 *
 * <p>Not thread-safe.
 */
public final class Ledger {
  private final TreeMap<Long, Group> groups = new TreeMap<>();
  private final SortedSet<GroupKey> open = new TreeSet<>();
  private final SortedSet<GroupKey> again = new TreeSet<>();
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private long sequence;

  /** The attempts at one group, newest last. */
  private static final class Group {
    private final List<Attempt> attempts = new ArrayList<>(1);

    private Attempt last() {
      return attempts.get(attempts.size() - 1);
    }
  }

  /** One attempt with the places of its events; an open one has no outcome. */
  private record Attempt(int number, long openedAt, long closedAt, Optional<Outcome> outcome) {}

  /** The sequence number of the last event taken in; 0 at the beginning. */
  public long sequence() {
    return sequence;
  }

  /** All groups before this ordinal are over. */
  public long firstUnfinished() {
    long first = open.isEmpty() ? nextOrdinal() : open.first().ordinal();
    return again.isEmpty() ? first : Math.min(first, again.first().ordinal());
  }

  /** The ordinal of the first group that was never opened. */
  public long nextOrdinal() {
    return groups.isEmpty() ? 0 : groups.lastKey() + 1;
  }

  /** Whether this very attempt is open. */
  public boolean isOpen(GroupKey key) {
    return open.contains(key);
  }

  /** All open attempts by ascending ordinal. */
  public List<GroupKey> open() {
    return List.copyOf(open);
  }

  /**
   * The attempts that should be opened next: of groups to be started again first, then of new
   * groups.
   */
  public List<GroupKey> nextToOpen(int count) {
    List<GroupKey> keys = new ArrayList<>(again.stream().limit(count).toList());
    for (long ordinal = nextOrdinal(); keys.size() < count; ordinal++) {
      keys.add(new GroupKey(ordinal, 0));
    }
    return keys;
  }

  /** The closing event for an open attempt, or nothing when it is not open (any more). */
  public Optional<LedgerEvent.Closed> close(
      GroupKey key, Outcome outcome, long version, String reason) {
    return isOpen(key)
        ? Optional.of(new LedgerEvent.Closed(key, outcome, version, reason))
        : Optional.empty();
  }

  /**
   * The closing event for an attempt that went wrong: {@code outcome} when the group may be started
   * again, else {@link Outcome#FAILED}.
   *
   * @param maxAttempts attempts a group may have in all
   */
  public Optional<LedgerEvent.Closed> setBack(
      GroupKey key, Outcome outcome, long version, String reason, int maxAttempts) {
    boolean last = key.attempt() + 1 >= maxAttempts;
    return close(
        key,
        last ? Outcome.FAILED : outcome,
        version,
        last ? reason + " (" + outcome.text() + ", no attempt left)" : reason);
  }

  /**
   * Takes one event into the state.
   *
   * @param place its sequence number, one above the last
   * @throws IllegalStateException when the event cannot follow the history
   */
  public void apply(long place, LedgerEvent event) {
    if (place != sequence + 1) {
      throw new IllegalStateException("ledger: event " + place + " after event " + sequence);
    }
    sequence = place;
    if (event instanceof LedgerEvent.Opened e) {
      opened(e.key());
    } else if (event instanceof LedgerEvent.Closed e) {
      closed(e.key(), e.outcome());
    } else if (event instanceof LedgerEvent.RolledBack e) {
      rolledBack(e.toSequence());
    }
  }

  private void opened(GroupKey key) {
    Group group = groups.get(key.ordinal());
    boolean fits =
        group == null ? key.attempt() == 0 && key.ordinal() == nextOrdinal() : again.contains(key);
    if (!fits) {
      throw new IllegalStateException("ledger: group " + key + " cannot be opened");
    }
    groups
        .computeIfAbsent(key.ordinal(), o -> new Group())
        .attempts
        .add(new Attempt(key.attempt(), sequence, 0, Optional.empty()));
    again.remove(key);
    open.add(key);
  }

  private void closed(GroupKey key, Outcome outcome) {
    Group group = groups.get(key.ordinal());
    if (group == null || !open.remove(key)) {
      throw new IllegalStateException("ledger: group " + key + " is not open");
    }
    Attempt a = group.last();
    group.attempts.set(
        group.attempts.size() - 1,
        new Attempt(a.number(), a.openedAt(), sequence, Optional.of(outcome)));
    counts.merge(outcome, 1L, Long::sum);
    if (!outcome.endsGroup()) {
      again.add(new GroupKey(key.ordinal(), key.attempt() + 1));
    }
  }

  private void rolledBack(long toSequence) {
    for (Group group : groups.values()) {
      group.attempts.removeIf(a -> a.openedAt() > toSequence);
      group.attempts.replaceAll(
          a ->
              a.closedAt() > toSequence
                  ? new Attempt(a.number(), a.openedAt(), 0, Optional.empty())
                  : a);
    }
    groups.values().removeIf(g -> g.attempts.isEmpty());
    index();
  }

  private void index() {
    counts.clear();
    open.clear();
    again.clear();
    groups.forEach(
        (ordinal, group) -> {
          for (Attempt a : group.attempts) {
            a.outcome().ifPresent(o -> counts.merge(o, 1L, Long::sum));
          }
          Attempt last = group.last();
          if (last.outcome().isEmpty()) {
            open.add(new GroupKey(ordinal, last.number()));
          } else if (!last.outcome().get().endsGroup()) {
            again.add(new GroupKey(ordinal, last.number() + 1));
          }
        });
  }

  /** Attempts by outcome. */
  public GroupCounts counts() {
    return new GroupCounts(
        open.size(),
        count(Outcome.TRAINED),
        count(Outcome.ZERO_VARIANCE),
        count(Outcome.STALE),
        count(Outcome.FAILED),
        count(Outcome.REQUEUED));
  }

  private long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /**
   * The history without what a resume made void, by sequence number.
   *
   * @param events all events in the order of their sequence numbers
   */
  public static List<Recorded> surviving(List<Recorded> events) {
    List<Recorded> kept = new ArrayList<>();
    for (Recorded r : events) {
      if (r.event() instanceof LedgerEvent.RolledBack back) {
        kept.removeIf(k -> k.sequence() > back.toSequence());
      } else {
        kept.add(r);
      }
    }
    kept.sort(Comparator.comparingLong(Recorded::sequence));
    return kept;
  }

  /** An event with its place in the history. */
  public record Recorded(long sequence, LedgerEvent event) {}
}
