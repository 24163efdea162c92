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
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller's decisions; {@link RunController} carries them out. One owner. */
final class RunDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RunDesk.class);
  private static final String NOT_FINITE = "the gradient of its step was not finite";

  private final ControllerSetup setup;
  private final ActorRef<RunController.Command> self;
  private final WorkBoard board = new WorkBoard();
  private final StepFigures figures = new StepFigures();
  private final GrantedProblems problems;
  private final Set<GroupKey> returned = new HashSet<>();
  private final Set<String> failed = new HashSet<>();
  private final RunDeadlines deadlines;
  private Optional<Running> running = Optional.empty();
  private Optional<RunOutcome> ending = Optional.empty();
  private Optional<Path> checkpoint = Optional.empty();
  private boolean finishing;
  private boolean over;
  private boolean parityKnown;
  private long startedNanos;
  private int step;

  /** What exists once the learner is there. */
  private record Running(
      ActorRef<Learner.Command> learner, String run, Admission admission, Duration before) {}

  RunDesk(ControllerSetup setup, ActorRef<RunController.Command> self) {
    this.setup = setup;
    this.self = self;
    this.problems = new GrantedProblems(setup.schedule());
    this.deadlines = new RunDeadlines(setup.stallTimeout(), System::nanoTime);
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
    problems.learnt(m.start().curriculum());
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
    deadlines.progressed();
    running = Optional.of(new Running(m.learner(), m.run(), admission, m.start().elapsed()));
    emit(
        new RunEvent.RunStarted(
            elapsed(), m.start().run(), version, setup.resumed(), setup.note()));
    endIfDone();
  }

  /** Notes a request for work; whether the generator is new and must be watched. */
  boolean wanted(WorkWanted m) {
    Optional<WorkWanted> before = board.wanted(m, System.nanoTime());
    figures.generators(board.generators());
    boolean same = before.filter(b -> b.generator().equals(m.generator())).isPresent();
    if (!same) {
      failed.remove(m.name());
      emit(new RunEvent.MemberJoined(elapsed(), "generator", m.name()));
    }
    return !same;
  }

  /** The problems of open groups. */
  GrantedProblems problems() {
    return problems;
  }

  void ready(Ledger ledger, GroupKey key, long oldestVersion) {
    if (running.isEmpty()) {
      return;
    }
    if (ledger.isOpen(key)) {
      board.returned(key);
      returned.add(key);
      running.get().admission().finished(key, oldestVersion);
      deadlines.progressed();
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
                      emit(setback(closed));
                    });
              });
    }
    return plan;
  }

  private RunEvent.GroupSetback setback(LedgerEvent.Closed closed) {
    return new RunEvent.GroupSetback(
        elapsed(),
        closed.key().ordinal(),
        closed.key().attempt(),
        closed.outcome().text(),
        closed.reason());
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
    for (GroupKey key : report.unusable()) {
      ledger
          .close(key, Outcome.FAILED, report.version(), NOT_FINITE)
          .ifPresent(
              closed -> {
                plan.remember(closed);
                plan.then(() -> emit(setback(closed)));
              });
    }
    r.admission().trained();
    problems.learnt(report.curriculum());
    problems.forgetBefore(ledger.firstUnfinished());
    step = report.step();
    deadlines.stepEnded();
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
          endIfDone();
        });
  }

  private void endIfDone() {
    if (setup.steps() > 0 && step >= setup.steps()) {
      end(Ending.DONE, "");
    }
  }

  private Learner.LedgerPosition position(Ledger ledger) {
    return new Learner.LedgerPosition(ledger.sequence(), ledger.nextOrdinal(), elapsed());
  }

  void broken() {
    deadlines.stepEnded();
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

  /** The run fails when no generator is left; one that is not known may just be the first. */
  void failedGenerator(String name, String reason) {
    failed.add(name);
    Set<String> known =
        board.generators().stream().map(WorkWanted::name).collect(Collectors.toSet());
    if (!known.isEmpty() && failed.containsAll(known)) {
      end(Ending.FAILED, name + " failed: " + reason);
    }
  }

  /** Ends the run when its time is up or nothing happens any more. */
  void checkTime(Ledger ledger) {
    if (deadlines.late()) {
      late(ledger);
    } else if (running.isPresent()
        && ending.isEmpty()
        && elapsed().compareTo(setup.budget()) >= 0) {
      end(Ending.DONE, "");
    }
  }

  /** A run that cannot even end is given up as it is: its checkpoints are those written so far. */
  private void late(Ledger ledger) {
    String within = " within " + deadlines.limit().toSeconds() + " s";
    if (ending.isPresent()) {
      String why = ending.get().reason();
      finishNow(
          failed(
              "the last checkpoint was not written" + within + (why.isEmpty() ? "" : "; " + why)));
    } else if (running.isEmpty()) {
      finishNow(failed("no learner was ready" + within));
    } else {
      String longest = WaitList.summary(waits(ledger));
      String what =
          running.get().admission().training() ? "the step was not done" : "no group was finished";
      end(Ending.FAILED, what + within + ": " + longest);
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
            "no progress within " + setup.leaseTimeout().toSeconds() + " s");
  }

  /** The run shall end; the first reason counts. */
  void end(Ending how, String reason) {
    if (ending.isEmpty()) {
      ending = Optional.of(new RunOutcome(how, step, 0, Optional.empty(), reason));
      boolean breakOff = how != Ending.DONE;
      deadlines.endingBegan(breakOff);
      if (breakOff) {
        running
            .filter(r -> r.admission().training())
            .ifPresent(r -> r.learner().tell(new Learner.BreakOff()));
      }
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
      deadlines.stepBegan();
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
        problems::of,
        (request, tasks) ->
            request.generator().tell(new Generator.WorkGranted(r.run(), tasks, r.learner(), self)));
  }

  List<Wait> waits(Ledger ledger) {
    return WaitList.of(setup, board, running.map(Running::admission), deadlines, System.nanoTime());
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
