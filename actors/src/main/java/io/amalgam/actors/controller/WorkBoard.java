package io.amalgam.actors.controller;

import io.amalgam.actors.controller.RunController.WorkWanted;
import io.amalgam.actors.generator.Generator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Who asked for work, and who has which group. */
final class WorkBoard {
  private final Map<String, WorkWanted> requests = new TreeMap<>();
  private final Map<String, WorkWanted> known = new TreeMap<>();
  private final Map<GroupKey, Lease> leases = new TreeMap<>();

  /**
   * A group in a generator's or a verifier's hands.
   *
   * @param sinceNanos when it was given out
   * @param renewedNanos when its generator last showed progress while it had the group
   */
  record Lease(
      String generator, ActorRef<Generator.Command> ref, long sinceNanos, long renewedNanos) {}

  /** Notes a request; the generator's request before, if it is known. */
  Optional<WorkWanted> wanted(WorkWanted request, long now) {
    Set<GroupKey> held = Set.copyOf(request.held());
    long onTheWay =
        leases.entrySet().stream()
            .filter(e -> e.getValue().ref().equals(request.generator()))
            .filter(e -> !held.contains(e.getKey()))
            .count();
    requests.put(request.name(), request);
    served(request, Math.toIntExact(Math.min(onTheWay, request.groups())));
    WorkWanted before = known.put(request.name(), request);
    if (before != null && request.figures().tokens() > before.figures().tokens()) {
      renew(request, held, now);
    }
    return Optional.ofNullable(before);
  }

  /** What a generator does not hold it cannot be at work on: that lease runs on. */
  private void renew(WorkWanted request, Set<GroupKey> held, long now) {
    leases.replaceAll(
        (key, l) ->
            l.ref().equals(request.generator()) && held.contains(key)
                ? new Lease(l.generator(), l.ref(), l.sinceNanos(), now)
                : l);
  }

  /** The standing requests of a run's generators. */
  List<WorkWanted> requests(String run) {
    return requests.values().stream().filter(r -> r.run().equals(run) && r.groups() > 0).toList();
  }

  /** The request was answered with that many groups. */
  void served(WorkWanted r, int groups) {
    requests.put(
        r.name(),
        new WorkWanted(
            r.generator(),
            r.name(),
            r.run(),
            r.version(),
            r.groups() - groups,
            r.held(),
            r.figures()));
  }

  /** Every generator's newest message. */
  Collection<WorkWanted> generators() {
    return known.values();
  }

  /** Forgets a generator; a newer one of the same name stays. */
  void gone(ActorRef<?> generator) {
    known.values().removeIf(r -> r.generator().equals(generator));
    requests.values().removeIf(r -> r.generator().equals(generator));
  }

  void lease(GroupKey key, WorkWanted to, long now) {
    leases.put(key, new Lease(to.name(), to.generator(), now, now));
  }

  Optional<Lease> lease(GroupKey key) {
    return Optional.ofNullable(leases.get(key));
  }

  void returned(GroupKey key) {
    leases.remove(key);
  }

  boolean leased(GroupKey key) {
    return leases.containsKey(key);
  }

  /** Groups leased to a generator. */
  List<GroupKey> leasedTo(ActorRef<?> generator) {
    return leases.entrySet().stream()
        .filter(e -> e.getValue().ref().equals(generator))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Groups leased, and not renewed, before that time. */
  List<GroupKey> leasedBefore(long nanos) {
    List<GroupKey> out = new ArrayList<>();
    leases.forEach(
        (key, lease) -> {
          if (lease.renewedNanos() - nanos < 0) {
            out.add(key);
          }
        });
    return out;
  }

  Map<GroupKey, Lease> leases() {
    return leases;
  }
}
