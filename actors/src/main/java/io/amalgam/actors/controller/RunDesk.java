package io.amalgam.actors.controller;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.cluster.Wait;
import io.amalgam.actors.controller.RunController.CheckpointStored;
import io.amalgam.actors.controller.RunController.LearnerReady;
import io.amalgam.actors.controller.RunController.WorkWanted;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.StepReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller's decisions; {@link RunController} carries them out. One owner. */
final class RunDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RunDesk.class);

  private final ControllerSetup setup;
  private final ActorRef<RunController.Command> self;
  private final WorkBoard board = new WorkBoard();
  private final StepFigures figures = new StepFigures();
  private final Set<GroupKey> returned = new HashSet<>();
  private Optional<Running> running = Optional.empty();
  private Optional<RunOutcome> ending = Optional.empty();
  private Optional<Path> checkpoint = Optional.empty();
  private boolean finishing;
  private boolean over;
  private boolean parityKnown;
  private long startedNanos;
  private long progressNanos = System.nanoTime();
  private int step;

  /** What exists once the learner is there. */
  private record Running(
      ActorRef<Learner.Command> learner, String run, Admission admission, Duration before) {}

  RunDesk(ControllerSetup setup, ActorRef<RunController.Command> self) {
    this.setup = setup;
    this.self = self;
  }

  Duration elapsed() {
    return running
        .map(r -> r.before().plusNanos(System.nanoTime() - startedNanos))
        .orElse(Duration.ZERO);
  }

  /** Goes on where the learner's checkpoint stands. */
  Plan start(Ledger ledger, LearnerReady m) {
    Plan plan = new Plan();
    long position = m.start().ledgerSequence();
    if (ledger.sequence() < position) {
      finishNow(
          failed(
              "the ledger ends at event "
                  + ledger.sequence()
                  + ", the checkpoint needs "
                  + position
                  + ": it is from another run or was damaged"));
      return plan;
    }
    if (ledger.sequence() > position) {
      plan.remember(new LedgerEvent.RolledBack(position, m.start().version()));
    }
    return plan.thenWith(l -> begin(l, m)).thenSettle();
  }

  private void begin(Ledger ledger, LearnerReady m) {
    long version = m.start().version();
    step = m.start().step();
    Admission admission =
        new Admission(setup.maxStaleness(), setup.groupsPerStep(), setup.spareGroups(), version);
    List<GroupKey> unknown = new ArrayList<>();
    m.finished()
        .forEach(
            (key, oldest) -> {
              if (ledger.isOpen(key)) {
                admission.restore(key, oldest);
                returned.add(key);
              } else {
                unknown.add(key);
              }
            });
    m.learner().tell(new Learner.Discard(unknown));
    startedNanos = System.nanoTime();
    progressNanos = startedNanos;
    running = Optional.of(new Running(m.learner(), m.run(), admission, m.start().elapsed()));
    emit(
        new RunEvent.RunStarted(
            elapsed(), m.start().run(), version, setup.resumed(), setup.note()));
  }

  /** Notes a request for work; whether the generator is new and must be watched. */
  boolean wanted(WorkWanted m) {
    Optional<WorkWanted> before = board.wanted(m);
    figures.generators(board.generators());
    boolean same = before.filter(b -> b.generator().equals(m.generator())).isPresent();
    if (!same) {
      emit(new RunEvent.MemberJoined(elapsed(), "generator", m.name()));
    }
    return !same;
  }

  void ready(Ledger ledger, GroupKey key, long oldestVersion) {
    if (running.isEmpty()) {
      return;
    }
    if (ledger.isOpen(key)) {
      board.returned(key);
      returned.add(key);
      running.get().admission().finished(key, oldestVersion);
      progressNanos = System.nanoTime();
    } else {
      running.get().learner().tell(new Learner.Forget(List.of(key)));
    }
  }

  /** Ends attempts without training; each is started again while attempts are left. */
  Plan setBack(Ledger ledger, List<GroupKey> keys, Outcome outcome, String reason) {
    Plan plan = new Plan().thenSettle();
    if (running.isEmpty()) {
      return plan;
    }
    Running r = running.get();
    for (GroupKey key : keys) {
      r.admission().removed(key);
      Optional<WorkBoard.Lease> lease = board.lease(key);
      board.returned(key);
      returned.remove(key);
      ledger
          .setBack(key, outcome, r.admission().version(), reason, setup.maxAttempts())
          .ifPresent(
              closed -> {
                plan.remember(closed);
                plan.then(
                    () -> {
                      lease.ifPresent(
                          l -> l.ref().tell(new Generator.Cancel(r.run(), List.of(key))));
                      r.learner().tell(new Learner.Forget(List.of(key)));
                      emit(
                          new RunEvent.GroupSetback(
                              elapsed(),
                              key.ordinal(),
                              key.attempt(),
                              closed.outcome().text(),
                              closed.reason()));
                    });
              });
    }
    return plan;
  }

  /** Records a step's outcomes and reports it. */
  Plan stepped(Ledger ledger, StepReport report) {
    Plan plan = new Plan();
    Running r = running.orElseThrow();
    for (GroupKey key : report.trained()) {
      ledger.close(key, Outcome.TRAINED, report.version(), "").ifPresent(plan::remember);
    }
    for (GroupKey key : report.zeroVariance()) {
      ledger
          .close(key, Outcome.ZERO_VARIANCE, report.version(), "all rewards are equal")
          .ifPresent(plan::remember);
    }
    r.admission().trained();
    step = report.step();
    progressNanos = System.nanoTime();
    return plan.thenWith(
        l -> {
          if (report.figures().parity().terms() > 0 && !parityKnown) {
            parityKnown = true;
            emit(figures.parity(elapsed(), report));
          }
          emit(figures.completed(elapsed(), report, l.counts()));
          report
              .rollouts()
              .ifPresent(
                  file ->
                      emit(
                          new RunEvent.RolloutsStored(
                              elapsed(), report.step(), Optional.of(file), Map.of())));
          r.learner().tell(new Learner.OutcomesRecorded(position(l)));
          if (setup.steps() > 0 && step >= setup.steps()) {
            end(Ending.DONE, "");
          }
        });
  }

  private Learner.LedgerPosition position(Ledger ledger) {
    return new Learner.LedgerPosition(ledger.sequence(), ledger.nextOrdinal(), elapsed());
  }

  void broken() {
    running.ifPresent(r -> r.admission().broken());
  }

  /** A checkpoint is on disk; the last one ends the run. */
  Plan stored(Ledger ledger, CheckpointStored m) {
    Plan plan = new Plan();
    checkpoint = Optional.of(m.directory());
    emit(
        new RunEvent.CheckpointWritten(elapsed(), m.version(), m.directory(), m.bytes(), m.took()));
    if (!m.last()) {
      return plan;
    }
    RunOutcome outcome = ending.orElseThrow();
    if (outcome.ending() == Ending.DONE) {
      for (GroupKey key : ledger.open()) {
        ledger
            .close(key, Outcome.FAILED, m.version(), "the run ended before it was trained")
            .ifPresent(plan::remember);
      }
    }
    return plan.then(() -> finishNow(outcome));
  }

  /** A generator was lost: its groups go to others. */
  Plan generatorGone(Ledger ledger, ActorRef<?> generator, String name) {
    board.gone(generator);
    emit(new RunEvent.MemberLost(elapsed(), "generator", name));
    return setBack(ledger, board.leasedTo(generator), Outcome.REQUEUED, name + " was lost");
  }

  void failedGenerator(String name, String reason) {
    boolean only = board.generators().stream().allMatch(g -> g.name().equals(name));
    if (only) {
      end(Ending.FAILED, name + " failed: " + reason);
    }
  }

  /** Ends the run when its time is up or nothing happens any more. */
  void checkTime(Ledger ledger) {
    if (running.isEmpty() || ending.isPresent()) {
      return;
    }
    if (elapsed().compareTo(setup.budget()) >= 0) {
      end(Ending.DONE, "");
    } else if (System.nanoTime() - progressNanos > setup.stallTimeout().toNanos()) {
      String longest =
          waits(ledger).stream()
              .findFirst()
              .map(w -> w.waiter() + " waits for " + w.name() + " from " + w.owner())
              .orElse("nobody waits");
      end(
          Ending.FAILED,
          "no group was finished for " + setup.stallTimeout().toSeconds() + " s: " + longest);
    }
  }

  /** Takes back leases that ran out. */
  Plan expire(Ledger ledger) {
    List<GroupKey> late = board.leasedBefore(System.nanoTime() - setup.leaseTimeout().toNanos());
    return late.isEmpty()
        ? new Plan()
        : setBack(
            ledger,
            late,
            Outcome.REQUEUED,
            "not finished within " + setup.leaseTimeout().toSeconds() + " s");
  }

  /** The run shall end; the first reason counts. */
  void end(Ending how, String reason) {
    if (ending.isEmpty()) {
      ending = Optional.of(new RunOutcome(how, step, 0, Optional.empty(), reason));
      running.ifPresent(
          r -> {
            if (how != Ending.DONE && r.admission().training()) {
              r.learner().tell(new Learner.BreakOff());
            }
          });
    }
    self.tell(RunController.settleNow());
  }

  /** Everything that can be decided now: a batch to train, work to give out, the end. */
  Plan settle(Ledger ledger) {
    if (running.isEmpty()) {
      ending.ifPresent(this::finishNow);
      return new Plan();
    }
    Running r = running.get();
    if (ending.isPresent()) {
      if (!finishing && !r.admission().training()) {
        finishing = true;
        r.learner().tell(new Learner.Finish(position(ledger)));
      }
      return new Plan();
    }
    List<GroupKey> stale = r.admission().tooStale();
    if (!stale.isEmpty()) {
      return setBack(ledger, stale, Outcome.STALE, "older than the staleness bound");
    }
    if (!r.admission().training() && r.admission().next() instanceof Admission.Choice.Train train) {
      r.admission().begin(train.batch());
      returned.removeAll(train.batch());
      r.learner().tell(new Learner.TrainBatch(train.batch(), ledger.firstUnfinished()));
    }
    return Grants.decide(
        setup,
        board,
        r.admission(),
        ledger,
        returned,
        r.run(),
        (request, tasks) ->
            request.generator().tell(new Generator.WorkGranted(r.run(), tasks, r.learner(), self)));
  }

  List<Wait> waits(Ledger ledger) {
    return WaitList.of(
        setup, board, running.map(Running::admission), progressNanos, System.nanoTime());
  }

  void emit(RunEvent event) {
    if (over) {
      return;
    }
    try {
      setup.listener().on(event);
    } catch (RuntimeException e) {
      LOG.warn("a listener failed on {}", event.getClass().getSimpleName(), e);
    }
  }

  /** Tells everyone that the run is over; only the first call counts. */
  void finishNow(RunOutcome outcome) {
    if (over) {
      return;
    }
    long version = running.map(r -> r.admission().version()).orElse(0L);
    RunOutcome whole =
        new RunOutcome(outcome.ending(), step, version, checkpoint, outcome.reason());
    board.generators().forEach(g -> g.generator().tell(new Generator.RunOver(outcome.reason())));
    emit(new RunEvent.RunFinished(elapsed(), whole));
    over = true;
    setup.end().accept(whole);
  }

  static RunOutcome failed(String reason) {
    return new RunOutcome(Ending.FAILED, 0, 0, Optional.empty(), reason);
  }
}
