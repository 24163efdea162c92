package io.amalgam.actors.controller;

import io.amalgam.actors.controller.RunController.WorkWanted;
import io.amalgam.actors.generator.GroupTask;
import io.amalgam.verifiers.task.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/** Divides work among the generators that asked for it. */
final class Grants {
  private Grants() {}

  /**
   * One group to each generator in turn, as long as there is room and staleness allows.
   *
   * @param returned open groups that are finished already
   * @param problems the problem of an ordinal
   * @param give sends a generator its groups, once they are in the ledger
   */
  static Plan decide(
      ControllerSetup setup,
      WorkBoard board,
      Admission admission,
      Ledger ledger,
      Set<GroupKey> returned,
      String run,
      LongFunction<Problem> problems,
      BiConsumer<WorkWanted, List<GroupTask>> give) {
    Plan plan = new Plan();
    List<WorkWanted> requests = board.requests(run);
    int wanted = requests.stream().mapToInt(WorkWanted::groups).sum();
    if (wanted == 0) {
      return plan;
    }
    Deque<GroupKey> candidates = candidates(board, admission, ledger, returned, wanted);
    Map<WorkWanted, List<GroupTask>> grants = new TreeMap<>(Comparator.comparing(WorkWanted::name));
    boolean any = true;
    while (any && !candidates.isEmpty()) {
      any = false;
      for (WorkWanted request : requests) {
        List<GroupTask> granted = grants.computeIfAbsent(request, q -> new ArrayList<>());
        if (granted.size() < request.groups()
            && !candidates.isEmpty()
            && admission.mayAdmit(request.version())) {
          GroupKey key = candidates.removeFirst();
          admission.admit(key, request.version());
          board.lease(key, request, System.nanoTime());
          if (!ledger.isOpen(key)) {
            plan.remember(new LedgerEvent.Opened(key, admission.version()));
          }
          granted.add(new GroupTask(key, setup.groupSize(), problems.apply(key.ordinal())));
          any = true;
        }
      }
    }
    grants.forEach(
        (request, tasks) -> {
          if (!tasks.isEmpty()) {
            board.served(request, tasks.size());
            plan.then(() -> give.accept(request, tasks));
          }
        });
    return plan;
  }

  /** Open groups that nobody has, then groups to open. */
  private static Deque<GroupKey> candidates(
      WorkBoard board, Admission admission, Ledger ledger, Set<GroupKey> returned, int count) {
    Deque<GroupKey> keys = new ArrayDeque<>();
    for (GroupKey key : ledger.open()) {
      if (!board.leased(key) && !returned.contains(key) && !admission.inStep(key)) {
        keys.add(key);
      }
    }
    keys.addAll(ledger.nextToOpen(count));
    return keys;
  }
}
