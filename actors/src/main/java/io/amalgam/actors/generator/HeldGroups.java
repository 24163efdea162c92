package io.amalgam.actors.generator;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.verifier.Verifier;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.verifiers.task.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups leased to a generator, member by member: being sampled, on the way to the learner,
 * there. Not thread-safe.
 */
final class HeldGroups {
  private final Map<GroupKey, Held> groups = new HashMap<>();
  private final Map<TrajectoryKey, OnTheWay> onTheWay = new HashMap<>();

  private record Held(Problem problem, int unfinished, int unconfirmed) {}

  private record OnTheWay(Verifier.Verify message, long sentNanos) {}

  /** Takes a group in. */
  void add(GroupTask task) {
    groups.put(task.key(), new Held(task.problem(), task.members(), task.members()));
  }

  /** A member was sampled; its group's problem unless the group is not held any more. */
  Optional<Problem> finished(TrajectoryKey member) {
    return Optional.ofNullable(
            groups.computeIfPresent(
                group(member),
                (key, h) -> new Held(h.problem(), h.unfinished() - 1, h.unconfirmed())))
        .map(Held::problem);
  }

  /** A member was sent to a verifier. */
  void sent(Verifier.Verify message, long now) {
    onTheWay.put(message.trajectory().key(), new OnTheWay(message, now));
  }

  /** The learner has a member; a repeated confirmation changes nothing. */
  void confirmed(TrajectoryKey member) {
    if (onTheWay.remove(member) != null) {
      groups.computeIfPresent(
          group(member),
          (key, h) ->
              h.unconfirmed() > 1
                  ? new Held(h.problem(), h.unfinished(), h.unconfirmed() - 1)
                  : null);
    }
  }

  /** These groups are not wanted any more. */
  void drop(List<GroupKey> unwanted) {
    unwanted.forEach(groups::remove);
    onTheWay.keySet().removeIf(member -> unwanted.contains(group(member)));
  }

  /** Nothing is held any more. */
  void clear() {
    groups.clear();
    onTheWay.clear();
  }

  /** The groups held. */
  List<GroupKey> keys() {
    return List.copyOf(groups.keySet());
  }

  /** Members still to be sampled. */
  int unfinished() {
    return groups.values().stream().mapToInt(Held::unfinished).sum();
  }

  /** Members on the way to the learner. */
  int unconfirmed() {
    return onTheWay.size();
  }

  /** Messages about members on the way to the learner. */
  List<Verifier.Verify> onTheWay() {
    return onTheWay.values().stream().map(OnTheWay::message).toList();
  }

  /** Messages that have been on the way for longer than {@code limit}. */
  List<Verifier.Verify> late(Duration limit, long now) {
    return onTheWay.values().stream()
        .filter(w -> now - w.sentNanos() > limit.toNanos())
        .map(OnTheWay::message)
        .toList();
  }

  private static GroupKey group(TrajectoryKey member) {
    return new GroupKey(member.ordinal(), member.attempt());
  }
}
