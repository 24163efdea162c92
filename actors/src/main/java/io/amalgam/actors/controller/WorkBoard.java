package io.amalgam.actors.controller;

import io.amalgam.actors.controller.RunController.WorkWanted;
import io.amalgam.actors.generator.Generator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Who asked for work, and who has which group. */
final class WorkBoard {
  private final Map<String, WorkWanted> requests = new TreeMap<>();
  private final Map<String, WorkWanted> known = new TreeMap<>();
  private final Map<GroupKey, Lease> leases = new TreeMap<>();

  /** A group in a generator's or a verifier's hands. */
  record Lease(String generator, ActorRef<Generator.Command> ref, long sinceNanos) {}

  /** Notes a request; the generator's request before, if it is known. */
  Optional<WorkWanted> wanted(WorkWanted request) {
    requests.put(request.name(), request);
    return Optional.ofNullable(known.put(request.name(), request));
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
            r.generator(), r.name(), r.run(), r.version(), r.groups() - groups, r.figures()));
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
    leases.put(key, new Lease(to.name(), to.generator(), now));
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

  /** Groups leased before that time. */
  List<GroupKey> leasedBefore(long nanos) {
    List<GroupKey> out = new ArrayList<>();
    leases.forEach(
        (key, lease) -> {
          if (lease.sinceNanos() - nanos < 0) {
            out.add(key);
          }
        });
    return out;
  }

  Map<GroupKey, Lease> leases() {
    return leases;
  }
}
