package io.amalgam.actors.learner;

import io.amalgam.actors.controller.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Verified members on their way to becoming groups, and finished groups on their way to a batch.
 *
 * <p>Members may arrive more than once and in any order; the first arrival counts. Members of an
 * older attempt than the newest one known are refused. What was taken or forgotten is not taken in
 * again as long as {@link #forgetBefore} has not passed it.
 *
 * <p>Not thread-safe.
 */
public final class GroupBuffer {
  private final int groupSize;
  private final int minScored;
  private final SortedMap<GroupKey, SortedMap<Integer, MemberResult>> gathering = new TreeMap<>();
  private final SortedMap<GroupKey, FinishedGroup> finished = new TreeMap<>();
  private final SortedMap<Long, Integer> closedAttempts = new TreeMap<>();
  private long firstOrdinal;

  /** What an arriving member did. */
  public sealed interface Arrival {
    /** It was known already, or belongs to an attempt that is over. */
    record Ignored() implements Arrival {}

    /** The group still misses members. */
    record Gathered(int missing) implements Arrival {}

    /** It was the last one: the group can be trained. */
    record Finished(FinishedGroup group) implements Arrival {}

    /** It was the last one, but too few members have a score. */
    record Unusable(FinishedGroup group, String reason) implements Arrival {}
  }

  /**
   * An empty buffer.
   *
   * @param groupSize members of a group, at least 2
   * @param minScored fewest scored members for which a group is used
   */
  public GroupBuffer(int groupSize, int minScored) {
    if (groupSize < 1 || minScored > groupSize) {
      throw new IllegalArgumentException(
          "group size " + groupSize + ", fewest scored members " + minScored);
    }
    this.groupSize = groupSize;
    this.minScored = minScored;
  }

  /** Takes in one member. */
  public Arrival add(MemberResult result) {
    GroupKey key = result.group();
    if (isOver(key)) {
      return new Arrival.Ignored();
    }
    SortedMap<Integer, MemberResult> members = gathering.computeIfAbsent(key, k -> new TreeMap<>());
    if (members.putIfAbsent(result.member(), result) != null) {
      return new Arrival.Ignored();
    }
    if (members.size() < groupSize) {
      return new Arrival.Gathered(groupSize - members.size());
    }
    gathering.remove(key);
    return complete(new FinishedGroup(key, new ArrayList<>(members.values())));
  }

  private Arrival complete(FinishedGroup group) {
    int scored = group.scored().size();
    boolean resample =
        group.members().stream()
            .anyMatch(m -> m.judgement() instanceof Judgement.Masked x && x.resample());
    if (scored >= minScored && !resample) {
      finished.put(group.key(), group);
      return new Arrival.Finished(group);
    }
    close(group.key());
    String first =
        group.members().stream()
            .map(MemberResult::judgement)
            .filter(Judgement.Masked.class::isInstance)
            .map(j -> ((Judgement.Masked) j).verdict() + ", " + ((Judgement.Masked) j).reason())
            .findFirst()
            .orElse("");
    return new Arrival.Unusable(
        group,
        scored
            + " of "
            + groupSize
            + " members have a score, "
            + (resample ? "all" : minScored)
            + " needed: "
            + first);
  }

  /** Whether nothing more is expected of this attempt: it is complete, or over. */
  public boolean isOver(GroupKey key) {
    return key.ordinal() < firstOrdinal
        || closedAttempts.getOrDefault(key.ordinal(), -1) >= key.attempt()
        || finished.containsKey(key);
  }

  /** Takes in a group that was finished before. */
  public void restore(FinishedGroup group) {
    finished.put(group.key(), group);
  }

  /** Takes a finished group out, for good. */
  public Optional<FinishedGroup> take(GroupKey key) {
    FinishedGroup group = finished.remove(key);
    close(key);
    return Optional.ofNullable(group);
  }

  /** Puts a group back whose step was broken off. */
  public void putBack(FinishedGroup group) {
    closedAttempts.remove(group.key().ordinal());
    finished.put(group.key(), group);
  }

  /** Lets go of a finished group as if it had never been there. */
  public void discard(GroupKey key) {
    finished.remove(key);
  }

  /** Forgets an attempt and refuses members of it that arrive later. */
  public void forget(GroupKey key) {
    gathering.remove(key);
    finished.remove(key);
    close(key);
  }

  /** Lets go of everything about groups before this ordinal: all of them are over. */
  public void forgetBefore(long ordinal) {
    firstOrdinal = Math.max(firstOrdinal, ordinal);
    GroupKey first = new GroupKey(firstOrdinal, 0);
    gathering.headMap(first).clear();
    finished.headMap(first).clear();
    closedAttempts.headMap(firstOrdinal).clear();
  }

  /** Finished groups by ascending ordinal. */
  public List<FinishedGroup> finished() {
    return List.copyOf(finished.values());
  }

  /** Number of groups that still miss members. */
  public int gathering() {
    return gathering.size();
  }

  private void close(GroupKey key) {
    closedAttempts.merge(key.ordinal(), key.attempt(), Math::max);
    gathering.keySet().removeIf(k -> k.ordinal() == key.ordinal() && k.attempt() <= key.attempt());
  }
}
