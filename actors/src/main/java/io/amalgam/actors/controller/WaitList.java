package io.amalgam.actors.controller;

import io.amalgam.actors.cluster.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts into words who waits for whom. */
final class WaitList {
  private WaitList() {}

  /** The longest wait of everyone for everyone else, in one line. */
  static String summary(List<Wait> waits) {
    Map<String, String> byPair = new LinkedHashMap<>();
    for (Wait w : waits) {
      byPair.putIfAbsent(
          w.waiter() + w.owner(), w.waiter() + " waits for " + w.name() + " from " + w.owner());
    }
    return byPair.isEmpty() ? "nobody waits" : String.join("; ", byPair.values());
  }

  static List<Wait> of(
      ControllerSetup setup,
      WorkBoard board,
      Optional<Admission> admission,
      RunDeadlines deadlines,
      long now) {
    List<Wait> waits = new ArrayList<>();
    Duration sinceProgress = deadlines.since();
    Optional<Duration> stall = Optional.of(deadlines.left());
    if (admission.isEmpty()) {
      waits.add(new Wait("the learner's start", "controller", "learner", sinceProgress, stall));
      return waits;
    }
    if (deadlines.ending() && !admission.get().training()) {
      waits.add(new Wait("the last checkpoint", "controller", "learner", sinceProgress, stall));
      return waits;
    }
    for (Map.Entry<GroupKey, WorkBoard.Lease> e : board.leases().entrySet()) {
      Duration since = Duration.ofNanos(now - e.getValue().sinceNanos());
      waits.add(
          new Wait(
              "group " + e.getKey(),
              "controller",
              e.getValue().generator(),
              since,
              Optional.of(
                  setup
                      .leaseTimeout()
                      .minus(Duration.ofNanos(now - e.getValue().renewedNanos())))));
    }
    Admission a = admission.get();
    if (a.training()) {
      waits.add(
          new Wait(
              "the step to version " + (a.version() + 1),
              "controller",
              "learner",
              sinceProgress,
              stall));
    } else if (a.next() instanceof Admission.Choice.Wait w) {
      String what =
          w.stragglers().isEmpty()
              ? w.missing() + " more groups for a batch"
              : "groups " + w.stragglers() + ", which a step now would make stale";
      waits.add(new Wait(what, "learner", "generators", sinceProgress, stall));
    }
    if (board.generators().isEmpty()) {
      waits.add(new Wait("a generator", "controller", "cluster", sinceProgress, stall));
    }
    for (RunController.WorkWanted g : board.generators()) {
      if (g.groups() > 0 && !a.mayAdmit(g.version())) {
        String what =
            g.version() < a.version()
                ? "weights newer than version " + g.version()
                : "room within the staleness bound";
        waits.add(new Wait(what, g.name(), "learner", sinceProgress, stall));
      }
      if (g.figures().unconfirmed() > 0) {
        waits.add(
            new Wait(
                g.figures().unconfirmed() + " verdicts",
                g.name(),
                "verifiers",
                sinceProgress,
                stall));
      }
    }
    waits.sort(Comparator.comparing(Wait::since).reversed());
    return waits;
  }
}
