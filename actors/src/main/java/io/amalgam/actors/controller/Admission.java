package io.amalgam.actors.controller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rule that keeps staleness bounded: which groups may be started, and which are trained next.
 *
 * <p>Step s turns version s into s + 1 and trains tokens sampled by versions s − η … s, η being
 * {@code controller.max-staleness}. A group whose oldest token is of version w must therefore be
 * trained in a step ≤ w + η, its due step. Steps take B groups each, so all outstanding groups can
 * meet their due steps exactly if, in the order of due steps, group j (from 0) fits into step
 * {@code next + j / B}. A group is admitted only if that remains true, and a batch is taken only if
 * it remains true for those left behind; otherwise the learner waits for the straggler, and after a
 * deadline of the caller's the straggler is given up as stale. So no group is ever overtaken into
 * staleness unseen, whatever the order in which groups finish.
 *
 * <p>With η = 0 this is synchronous training: B groups per version, all sampled by that version.
 *
 * <p>Not thread-safe; contains no clock.
 */
public final class Admission {
  private final int maxStaleness;
  private final int groupsPerStep;
  private final int readyLimit;
  private final Map<GroupKey, Entry> outstanding = new TreeMap<>();
  private long version;
  private boolean training;
  private List<Entry> inStep = List.of();

  private record Entry(GroupKey key, long oldestVersion, boolean ready) {}

  /** What the learner should do next. */
  public sealed interface Choice {
    /**
     * Train these groups, in this order.
     *
     * @param batch B groups by ascending ordinal
     */
    record Train(List<GroupKey> batch) implements Choice {}

    /**
     * Wait: either fewer than B groups are ready, or a step now would make others stale.
     *
     * @param missing groups still needed for a batch; 0 when stragglers are the reason
     * @param stragglers groups that would become stale
     */
    record Wait(int missing, List<GroupKey> stragglers) implements Choice {}
  }

  /**
   * Nothing outstanding, at the given version.
   *
   * @param maxStaleness η, at least 0
   * @param groupsPerStep B, at least 1
   * @param spareGroups finished groups beyond one batch that may lie waiting before no further one
   *     is admitted, at least 0
   */
  public Admission(int maxStaleness, int groupsPerStep, int spareGroups, long version) {
    if (maxStaleness < 0 || groupsPerStep < 1 || spareGroups < 0) {
      throw new IllegalArgumentException(
          "max staleness "
              + maxStaleness
              + ", groups per step "
              + groupsPerStep
              + ", spare groups "
              + spareGroups);
    }
    this.maxStaleness = maxStaleness;
    this.groupsPerStep = groupsPerStep;
    this.readyLimit = groupsPerStep + spareGroups;
    this.version = version;
  }

  /** The learner's present version. */
  public long version() {
    return version;
  }

  /** Whether a batch was taken and its step is not finished. */
  public boolean training() {
    return training;
  }

  /** Number of groups started and not yet trained or given up. */
  public int outstanding() {
    return outstanding.size();
  }

  /** Number of finished groups that wait to be trained. */
  public int ready() {
    return (int) outstanding.values().stream().filter(Entry::ready).count();
  }

  /** Whether a group may be started by a generator that samples with the given version. */
  public boolean mayAdmit(long generatorVersion) {
    if (ready() >= readyLimit) {
      return false;
    }
    List<Entry> with = new ArrayList<>(outstanding.values());
    with.add(new Entry(new GroupKey(Long.MAX_VALUE, 0), generatorVersion, false));
    return firstLate(with, nextStep()).isEmpty();
  }

  /**
   * Starts a group.
   *
   * @throws IllegalStateException if {@link #mayAdmit} says no, or the group is outstanding already
   */
  public void admit(GroupKey key, long generatorVersion) {
    if (!mayAdmit(generatorVersion) || outstanding.containsKey(key)) {
      throw new IllegalStateException("group " + key + " may not be admitted");
    }
    outstanding.put(key, new Entry(key, generatorVersion, false));
  }

  /**
   * Takes in a group that was finished in an earlier life of the run. It may turn out to be too
   * stale at once.
   */
  public void restore(GroupKey key, long oldestVersion) {
    outstanding.put(key, new Entry(key, oldestVersion, true));
  }

  /**
   * Notes that all members of a group are there. Unknown groups are ignored.
   *
   * @param oldestVersion oldest version among the group's tokens
   */
  public void finished(GroupKey key, long oldestVersion) {
    if (outstanding.containsKey(key)) {
      outstanding.put(key, new Entry(key, oldestVersion, true));
    }
  }

  /** Forgets a group that will not be trained in this attempt. Unknown groups are ignored. */
  public void removed(GroupKey key) {
    outstanding.remove(key);
  }

  /** Outstanding groups that no step can train any more, ready or not; the caller requeues them. */
  public List<GroupKey> tooStale() {
    return outstanding.values().stream()
        .filter(e -> e.oldestVersion() + maxStaleness < nextStep())
        .map(Entry::key)
        .toList();
  }

  /** What the learner should do now; it must not be in a step. */
  public Choice next() {
    List<Entry> batch = oldestReady();
    if (batch.size() < groupsPerStep) {
      return new Choice.Wait(groupsPerStep - batch.size(), List.of());
    }
    List<Entry> left = new ArrayList<>(outstanding.values());
    left.removeAll(batch);
    List<GroupKey> stragglers = firstLate(left, version + 1);
    if (!stragglers.isEmpty()) {
      return new Choice.Wait(0, stragglers);
    }
    return new Choice.Train(batch.stream().map(Entry::key).sorted().toList());
  }

  /** Takes a batch that {@link #next} chose: from now on the step is under way. */
  public void begin(List<GroupKey> batch) {
    if (training) {
      throw new IllegalStateException("a step is under way");
    }
    List<Entry> taken = new ArrayList<>();
    for (GroupKey key : batch) {
      Entry e = outstanding.remove(key);
      if (e == null || !e.ready() || version - e.oldestVersion() > maxStaleness) {
        throw new IllegalStateException("group " + key + " may not be trained at " + version);
      }
      taken.add(e);
    }
    inStep = taken;
    training = true;
  }

  /** Whether a group is in the step under way. */
  public boolean inStep(GroupKey key) {
    return inStep.stream().anyMatch(e -> e.key().equals(key));
  }

  /** The step under way was broken off: its groups wait again. */
  public void broken() {
    inStep.forEach(e -> outstanding.put(e.key(), e));
    inStep = List.of();
    training = false;
  }

  /** Ends the step under way: the version rises by one. */
  public void trained() {
    if (!training) {
      throw new IllegalStateException("no step is under way");
    }
    training = false;
    inStep = List.of();
    version++;
  }

  private long nextStep() {
    return training ? version + 1 : version;
  }

  private List<Entry> oldestReady() {
    return outstanding.values().stream()
        .filter(Entry::ready)
        .filter(e -> e.oldestVersion() + maxStaleness >= version)
        .sorted(Comparator.comparingLong(Entry::oldestVersion).thenComparing(Entry::key))
        .limit(groupsPerStep)
        .toList();
  }

  /**
   * The groups in the way when these cannot all be trained in time from {@code step} on: those not
   * ready and due no later than the first one that is late, or that one itself. Earliest due date
   * first is optimal here, so an empty answer means that a schedule exists.
   */
  private List<GroupKey> firstLate(List<Entry> groups, long step) {
    List<Entry> byDue =
        groups.stream()
            .sorted(Comparator.comparingLong(Entry::oldestVersion).thenComparing(Entry::key))
            .toList();
    for (int j = 0; j < byDue.size(); j++) {
      Entry e = byDue.get(j);
      if (step + j / groupsPerStep > e.oldestVersion() + maxStaleness) {
        List<GroupKey> waiting =
            byDue.subList(0, j + 1).stream().filter(x -> !x.ready()).map(Entry::key).toList();
        return waiting.isEmpty() ? List.of(e.key()) : waiting;
      }
    }
    return List.of();
  }
}
