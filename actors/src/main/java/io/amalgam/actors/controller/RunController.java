package io.amalgam.actors.controller;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.cluster.Wait;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.learner.Checkpoint;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.StepReport;
import io.amalgam.actors.wire.ControlMessage;
import io.amalgam.verifiers.curriculum.CurriculumState;
import io.amalgam.verifiers.task.ProblemGenerationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Decides what is done next and remembers what became of it.
 *
 * <p>Everything that happens goes through {@link #settle}: leases run out, batches are chosen, work
 * is given out. What must be remembered becomes ledger events first; messages to others leave only
 * after the events are stored.
 */
public final class RunController
    extends EventSourcedBehavior<RunController.Command, LedgerEvent, Ledger> {

  /** What a controller understands. */
  public sealed interface Command {}

  /**
   * A generator has room; replaces its request before.
   *
   * @param run the run whose weights it has
   * @param version the version it samples with
   * @param groups how many groups it would take now
   * @param held the groups it has; a grant on its way to it is not among them
   */
  public record WorkWanted(
      ActorRef<Generator.Command> generator,
      String name,
      String run,
      long version,
      int groups,
      List<GroupKey> held,
      GeneratorFigures figures)
      implements Command, ControlMessage {}

  /**
   * Sums since a generator was started.
   *
   * @param busyS time spent computing, seconds
   * @param tokens positions sampled
   * @param members members finished
   * @param memberTokens their positions
   * @param unconfirmed members finished that the learner has not confirmed
   */
  public record GeneratorFigures(
      double busyS, long tokens, long members, long memberTokens, int unconfirmed) {}

  /** A generator uses a version. */
  public record WeightsTaken(
      String name,
      long version,
      long bytes,
      boolean anchor,
      Duration fetch,
      Duration pause,
      int inFlight)
      implements Command, ControlMessage {}

  /**
   * Sampled members that nobody trains.
   *
   * @param reason one of a few fixed words
   */
  public record MembersRefused(int count, String reason) implements Command, ControlMessage {}

  /** A generator's device failed. */
  public record GeneratorFailed(String name, String reason) implements Command, ControlMessage {}

  /**
   * The learner is there.
   *
   * @param finished groups it holds from an earlier life, with their oldest versions
   */
  public record LearnerReady(
      ActorRef<Learner.Command> learner,
      String run,
      Checkpoint.Position start,
      SortedMap<GroupKey, Long> finished)
      implements Command {}

  /** All members of a group are with the learner. */
  public record GroupReady(GroupKey key, long oldestVersion) implements Command, ControlMessage {}

  /** Too few members of a group have a score. */
  public record GroupUnusable(GroupKey key, String reason) implements Command, ControlMessage {}

  /** The learner learnt something about a task outside of a step. */
  public record CurriculumChanged(CurriculumState curriculum) implements Command {}

  /** A step is done. */
  public record StepTaken(StepReport report) implements Command {}

  /** A step was broken off; its groups are back with the learner. */
  public record StepBroken() implements Command {}

  /** A checkpoint is on disk. */
  public record CheckpointStored(
      long version, Path directory, long bytes, Duration took, boolean last) implements Command {}

  /** The learner cannot go on. */
  public record LearnerFailed(String reason) implements Command {}

  /** End the run with a checkpoint, now. */
  public record Interrupt() implements Command, ControlMessage {}

  /** Who waits for whom? */
  public record WhyWaiting(ActorRef<Waits> replyTo) implements Command, ControlMessage {}

  /** The answer, longest wait first. */
  public record Waits(List<Wait> waits) implements ControlMessage {}

  private record Tick() implements Command {}

  private record Settle() implements Command {}

  /** Asks the controller to look at everything again. */
  static Command settleNow() {
    return new Settle();
  }

  private record Recovered(Optional<String> failure) implements Command {}

  private final ActorContext<Command> context;
  private final ControllerSetup setup;
  private final RunDesk desk;

  /** A controller. */
  public static Behavior<Command> create(ControllerSetup setup) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new RunController(context, timers, setup)));
  }

  private RunController(
      ActorContext<Command> context, TimerScheduler<Command> timers, ControllerSetup setup) {
    super(PersistenceId.ofUniqueId(LedgerReader.PERSISTENCE_ID));
    this.context = context;
    this.setup = setup;
    this.desk = new RunDesk(setup, context.getSelf());
    timers.startTimerWithFixedDelay(new Tick(), setup.tick());
  }

  @Override
  public Ledger emptyState() {
    return new Ledger();
  }

  @Override
  public EventHandler<Ledger, LedgerEvent> eventHandler() {
    return (ledger, event) -> {
      ledger.apply(ledger.sequence() + 1, event);
      return ledger;
    };
  }

  @Override
  public SignalHandler<Ledger> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            ledger -> context.getSelf().tell(new Recovered(Optional.empty())))
        .onSignal(
            RecoveryFailed.class,
            (ledger, failed) ->
                setup
                    .end()
                    .accept(RunDesk.failed("the ledger cannot be read: " + failed.getFailure())))
        .onSignal(
            PostStop.instance(),
            ledger -> setup.end().accept(RunDesk.failed("the controller has stopped")))
        .build();
  }

  private record GeneratorGone(ActorRef<?> generator, String name) implements Command {}

  @Override
  public CommandHandler<Command, LedgerEvent, Ledger> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Recovered.class, this::settle)
        .onCommand(LearnerReady.class, this::onLearnerReady)
        .onCommand(WorkWanted.class, this::onWorkWanted)
        .onCommand(GroupReady.class, this::onGroupReady)
        .onCommand(GroupUnusable.class, this::onGroupUnusable)
        .onCommand(CurriculumChanged.class, this::onCurriculumChanged)
        .onCommand(StepTaken.class, this::onStepTaken)
        .onCommand(StepBroken.class, this::onStepBroken)
        .onCommand(CheckpointStored.class, this::onCheckpoint)
        .onCommand(WeightsTaken.class, this::onWeightsTaken)
        .onCommand(MembersRefused.class, this::onMembersRefused)
        .onCommand(GeneratorGone.class, this::onGeneratorGone)
        .onCommand(GeneratorFailed.class, this::onGeneratorFailed)
        .onCommand(LearnerFailed.class, this::onLearnerFailed)
        .onCommand(Interrupt.class, this::onInterrupt)
        .onCommand(WhyWaiting.class, this::onWhyWaiting)
        .onCommand(Tick.class, this::onTick)
        .onCommand(Settle.class, this::settle)
        .build();
  }

  private Effect<LedgerEvent, Ledger> onLearnerReady(Ledger ledger, LearnerReady m) {
    return store(ledger, desk.start(ledger, m));
  }

  private Effect<LedgerEvent, Ledger> onWorkWanted(Ledger ledger, WorkWanted m) {
    if (desk.wanted(m)) {
      context.watchWith(m.generator(), new GeneratorGone(m.generator(), m.name()));
    }
    return settle(ledger, m);
  }

  private Effect<LedgerEvent, Ledger> onGroupReady(Ledger ledger, GroupReady m) {
    desk.ready(ledger, m.key(), m.oldestVersion());
    return settle(ledger, m);
  }

  private Effect<LedgerEvent, Ledger> onGroupUnusable(Ledger ledger, GroupUnusable m) {
    // its task may rest by now
    desk.problems().forget(m.key().ordinal());
    return store(ledger, desk.setBack(ledger, List.of(m.key()), Outcome.REQUEUED, m.reason()));
  }

  private Effect<LedgerEvent, Ledger> onCurriculumChanged(Ledger ledger, CurriculumChanged m) {
    desk.problems().learnt(m.curriculum());
    return Effect().none();
  }

  private Effect<LedgerEvent, Ledger> onStepTaken(Ledger ledger, StepTaken m) {
    return store(ledger, desk.stepped(ledger, m.report()));
  }

  private Effect<LedgerEvent, Ledger> onStepBroken(Ledger ledger, StepBroken m) {
    desk.broken();
    return settle(ledger, m);
  }

  private Effect<LedgerEvent, Ledger> onCheckpoint(Ledger ledger, CheckpointStored m) {
    return store(ledger, desk.stored(ledger, m));
  }

  private Effect<LedgerEvent, Ledger> onWeightsTaken(Ledger ledger, WeightsTaken m) {
    desk.emit(
        new RunEvent.Swapped(
            desk.elapsed(),
            m.name(),
            m.version(),
            m.bytes(),
            m.anchor(),
            m.fetch(),
            m.pause(),
            m.inFlight()));
    return Effect().none();
  }

  private Effect<LedgerEvent, Ledger> onMembersRefused(Ledger ledger, MembersRefused m) {
    desk.emit(new RunEvent.MembersRefused(desk.elapsed(), m.count(), m.reason()));
    return Effect().none();
  }

  private Effect<LedgerEvent, Ledger> onGeneratorGone(Ledger ledger, GeneratorGone m) {
    return store(ledger, desk.generatorGone(ledger, m.generator(), m.name()));
  }

  private Effect<LedgerEvent, Ledger> onGeneratorFailed(Ledger ledger, GeneratorFailed m) {
    context.getLog().error("{} failed: {}", m.name(), m.reason());
    desk.failedGenerator(m.name(), m.reason());
    return settle(ledger, m);
  }

  private Effect<LedgerEvent, Ledger> onLearnerFailed(Ledger ledger, LearnerFailed m) {
    desk.finishNow(RunDesk.failed(m.reason()));
    return Effect().none();
  }

  private Effect<LedgerEvent, Ledger> onInterrupt(Ledger ledger, Interrupt m) {
    desk.end(Ending.INTERRUPTED, "interrupted");
    return settle(ledger, m);
  }

  private Effect<LedgerEvent, Ledger> onWhyWaiting(Ledger ledger, WhyWaiting m) {
    m.replyTo().tell(new Waits(desk.waits(ledger)));
    return Effect().none();
  }

  private Effect<LedgerEvent, Ledger> onTick(Ledger ledger, Tick m) {
    desk.checkTime(ledger);
    Plan late = desk.expire(ledger);
    return late.events().isEmpty() ? settle(ledger, m) : store(ledger, late);
  }

  private Effect<LedgerEvent, Ledger> settle(Ledger ledger, Command cause) {
    try {
      return store(ledger, desk.settle(ledger));
    } catch (ProblemGenerationException e) {
      desk.end(Ending.FAILED, String.valueOf(e.getMessage()));
      return Effect().none();
    }
  }

  /** Stores the plan's events, then does what may be done only now, then looks again. */
  private Effect<LedgerEvent, Ledger> store(Ledger ledger, Plan plan) {
    if (plan.events().isEmpty()) {
      plan.run(ledger);
      if (plan.again()) {
        context.getSelf().tell(new Settle());
      }
      return Effect().none();
    }
    return Effect()
        .persist(plan.events())
        .thenRun(
            stored -> {
              plan.run(stored);
              context.getSelf().tell(new Settle());
            });
  }
}
