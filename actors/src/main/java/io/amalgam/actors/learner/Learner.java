package io.amalgam.actors.learner;

import io.amalgam.actors.cluster.RunEvent.BatchFigures;
import io.amalgam.actors.cluster.RunEvent.StalenessFigures;
import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.controller.RunController;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.weights.Announcement;
import io.amalgam.actors.weights.WeightPublisher;
import io.amalgam.actors.wire.ControlMessage;
import io.amalgam.actors.wire.DataMessage;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.verifiers.curriculum.CurriculumState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Collects verified members into groups, trains the batches that the controller chooses, publishes
 * every version and writes checkpoints.
 *
 * <p>The computing is done by a thread of its own; between two steps the actor decides. A
 * checkpoint is made only after the ledger has recorded the outcomes of all steps in its weights,
 * and holds the ledger's position at that moment.
 */
public final class Learner extends AbstractBehavior<Learner.Command> {

  /** Why a member that was damaged on its way is refused. */
  public static final String UNREADABLE = "unreadable";

  /** What a learner understands. */
  public sealed interface Command {}

  /**
   * A verified member.
   *
   * @param generator who wants to know that it arrived
   */
  public record MemberVerified(MemberResult result, ActorRef<Generator.Command> generator)
      implements Command, DataMessage {}

  /**
   * A member cannot be taken in; its group is started again when its lease runs out.
   *
   * @param reason one of a few fixed words
   * @param detail for the log
   */
  public record MemberRefused(String reason, String detail) implements Command, ControlMessage {}

  /**
   * Train these groups next.
   *
   * @param firstOpen all groups before this ordinal are over
   */
  public record TrainBatch(List<GroupKey> batch, long firstOpen)
      implements Command, ControlMessage {}

  /** These attempts are over without training. */
  public record Forget(List<GroupKey> groups) implements Command, ControlMessage {}

  /** The outcomes of the last step are in the ledger. */
  public record OutcomesRecorded(LedgerPosition position) implements Command, ControlMessage {}

  /**
   * Where the ledger stands between two steps.
   *
   * @param sequence sequence number of its last event
   * @param nextOrdinal first group that was never opened
   * @param elapsed training time
   */
  public record LedgerPosition(long sequence, long nextOrdinal, Duration elapsed) {}

  /** These restored groups are not in the ledger; they may be sampled again. */
  public record Discard(List<GroupKey> groups) implements Command, ControlMessage {}

  /** Stop the step under way as soon as possible. */
  public record BreakOff() implements Command, ControlMessage {}

  /** Write the last checkpoint; sent only between steps. */
  public record Finish(LedgerPosition position) implements Command, ControlMessage {}

  private record Stepped(List<FinishedGroup> batch, LearnerWork.Stepped result)
      implements Command {}

  private record Published(long version, StepReport.Publishing publishing) implements Command {}

  private record BrokenOff(List<FinishedGroup> batch) implements Command {}

  private record Stored(LearnerWork.Stored stored, long version, boolean last) implements Command {}

  private record Failed(String what, Throwable cause) implements Command {}

  private final LearnerSetup setup;
  private final ActorRef<RunController.Command> controller;
  private final ActorRef<WeightPublisher.Command> publisher;
  private final LearnerWork work;
  private final GroupBuffer buffer;
  private final MemberCheck check;
  private final CompletableFuture<Done> stopped;
  private long version;
  private int step;
  private long violations;
  private CurriculumState curriculum;
  private long waitingSince = System.nanoTime();
  private Duration waited = Duration.ZERO;
  private StepReport.Publishing publishing = StepReport.Publishing.none();

  /**
   * A learner; it reports to the controller at once.
   *
   * @param restored groups that were finished in an earlier life
   * @param stopped completed when the compute thread has ended
   */
  public static Behavior<Command> create(
      LearnerSetup setup,
      List<FinishedGroup> restored,
      ActorRef<RunController.Command> controller,
      ActorRef<WeightPublisher.Command> publisher,
      CompletableFuture<Done> stopped) {
    return Behaviors.setup(
        context -> new Learner(context, setup, restored, controller, publisher, stopped));
  }

  private Learner(
      ActorContext<Command> context,
      LearnerSetup setup,
      List<FinishedGroup> restored,
      ActorRef<RunController.Command> controller,
      ActorRef<WeightPublisher.Command> publisher,
      CompletableFuture<Done> stopped) {
    super(context);
    this.setup = setup;
    this.controller = controller;
    this.publisher = publisher;
    this.stopped = stopped;
    this.work = new LearnerWork(setup);
    this.buffer = new GroupBuffer(setup.groupSize(), setup.minScored());
    this.version = setup.start().version();
    this.step = setup.start().step();
    this.violations = setup.start().violations();
    this.curriculum = setup.start().curriculum();
    this.check = new MemberCheck(setup.run(), setup.trainer().vocabulary(), setup.method());
    SortedMap<GroupKey, Long> oldest = new TreeMap<>();
    List<MemberRefused> refused = new ArrayList<>();
    for (FinishedGroup group : restored) {
      List<MemberRefused> unusable = unusable(group);
      refused.addAll(unusable);
      if (unusable.isEmpty()) {
        buffer.restore(group);
        oldest.put(group.key(), group.oldestVersion());
      }
    }
    controller.tell(
        new RunController.LearnerReady(context.getSelf(), setup.run(), setup.start(), oldest));
    refused.forEach(this::onRefused);
  }

  /** A run may go on with another method than the one that sampled its last groups. */
  private List<MemberRefused> unusable(FinishedGroup group) {
    return group.members().stream()
        .flatMap(
            m ->
                check.unusable(m.trajectory()).stream()
                    .map(r -> new MemberRefused(r.reason(), r.detail())))
        .toList();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(MemberVerified.class, this::onMember)
        .onMessage(MemberRefused.class, this::onRefused)
        .onMessage(TrainBatch.class, this::onTrainBatch)
        .onMessage(Stepped.class, this::onStepped)
        .onMessage(BrokenOff.class, this::onBrokenOff)
        .onMessage(OutcomesRecorded.class, this::onRecorded)
        .onMessage(Published.class, this::onPublished)
        .onMessage(Stored.class, this::onStored)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Discard.class, this::onDiscard)
        .onMessage(BreakOff.class, this::onBreakOff)
        .onMessage(Finish.class, this::onFinish)
        .onMessage(Failed.class, this::onFailed)
        .onSignal(PostStop.class, s -> onStop())
        .build();
  }

  private Behavior<Command> onMember(MemberVerified m) {
    TrajectoryKey key = m.result().trajectory().key();
    m.generator()
        .tell(new Generator.MemberStored(key.run(), key.ordinal(), key.attempt(), key.member()));
    Optional<MemberCheck.Refusal> refusal = check.refusal(m.result(), version);
    if (refusal.isPresent()) {
      return refuse(m.result().group(), key, refusal.get());
    }
    GroupBuffer.Arrival arrival = buffer.add(m.result());
    if (arrival instanceof GroupBuffer.Arrival.Finished finished) {
      FinishedGroup group = finished.group();
      controller.tell(new RunController.GroupReady(group.key(), group.oldestVersion()));
    } else if (arrival instanceof GroupBuffer.Arrival.Unusable unusable) {
      curriculum =
          setup.schedule().after(curriculum, BatchSummary.outcome(unusable.group(), false));
      controller.tell(new RunController.CurriculumChanged(curriculum));
      controller.tell(new RunController.GroupUnusable(unusable.group().key(), unusable.reason()));
    }
    return this;
  }

  /** A group that misses a member for good is started again at once, not when its lease ends. */
  private Behavior<Command> refuse(GroupKey group, TrajectoryKey key, MemberCheck.Refusal refusal) {
    if (refusal.ofThisRun() && !buffer.isOver(group)) {
      controller.tell(
          new RunController.GroupUnusable(
              group, "member " + key.member() + " refused, " + refusal.reason()));
    }
    return onRefused(new MemberRefused(refusal.reason(), key + ": " + refusal.detail()));
  }

  private Behavior<Command> onRefused(MemberRefused m) {
    getContext().getLog().warn("refused a member, {}: {}", m.reason(), m.detail());
    controller.tell(new RunController.MembersRefused(1, m.reason()));
    return this;
  }

  private Behavior<Command> onTrainBatch(TrainBatch m) {
    buffer.forgetBefore(m.firstOpen());
    List<FinishedGroup> batch = new ArrayList<>();
    for (GroupKey key : m.batch()) {
      buffer.take(key).ifPresent(batch::add);
    }
    StalenessFigures staleness =
        BatchSummary.staleness(batch, version, setup.maxStaleness(), violations);
    if (batch.size() != m.batch().size() || staleness.violations() > violations) {
      String problem =
          "batch of version " + version + " is not what the controller chose: " + m.batch();
      return onFailed(new Failed("training", new IllegalStateException(problem)));
    }
    waited = Duration.ofNanos(System.nanoTime() - waitingSince);
    getContext()
        .pipeToSelf(
            work.step(batch, version, step),
            (result, error) -> {
              if (error == null) {
                return new Stepped(batch, result);
              }
              Throwable cause = error.getCause() == null ? error : error.getCause();
              return cause instanceof PolicyTrainer.StepBrokenOff
                  ? new BrokenOff(batch)
                  : new Failed("training", cause);
            });
    return this;
  }

  private Behavior<Command> onStepped(Stepped m) {
    StalenessFigures staleness =
        BatchSummary.staleness(m.batch(), version, setup.maxStaleness(), violations);
    violations = staleness.violations();
    version++;
    step++;
    waitingSince = System.nanoTime();
    List<GroupKey> trained = new ArrayList<>();
    List<GroupKey> flat = new ArrayList<>();
    List<GroupKey> unusable = new ArrayList<>();
    List<GroupKey> withVariance = m.result().figures().skipped() ? unusable : trained;
    for (FinishedGroup group : m.batch()) {
      (group.zeroVariance() ? flat : withVariance).add(group.key());
      curriculum = setup.schedule().after(curriculum, BatchSummary.outcome(group, true));
    }
    BatchFigures figures = BatchSummary.figures(m.batch(), m.result().figures().tokensTrained());
    controller.tell(
        new RunController.StepTaken(
            new StepReport(
                step,
                version,
                trained,
                flat,
                unusable,
                figures,
                m.result().figures(),
                staleness,
                BatchSummary.tasks(m.batch()),
                waited,
                m.result().training(),
                publishing,
                BatchSummary.verification(m.batch()),
                curriculum,
                m.result().rollouts())));
    return this;
  }

  private Behavior<Command> onBrokenOff(BrokenOff m) {
    m.batch().forEach(buffer::putBack);
    controller.tell(new RunController.StepBroken());
    return this;
  }

  /** Published only now: nobody samples with weights whose making is not in the ledger. */
  private Behavior<Command> onRecorded(OutcomesRecorded m) {
    long made = version;
    getContext()
        .pipeToSelf(
            work.publish(made),
            (done, error) ->
                error == null ? new Published(made, done) : new Failed("publishing", error));
    if (setup.checkpointEvery() > 0 && step % setup.checkpointEvery() == 0) {
      store(m.position(), false);
    }
    return this;
  }

  private Behavior<Command> onPublished(Published m) {
    publishing = m.publishing();
    publisher.tell(new WeightPublisher.Published(announcement(m.version())));
    return this;
  }

  private Behavior<Command> onFinish(Finish m) {
    store(m.position(), true);
    return this;
  }

  /** With bound 0 a batch is sampled as a whole or not at all, so that a resume repeats it. */
  private void store(LedgerPosition ledger, boolean last) {
    Checkpoint.Position start = setup.start();
    Checkpoint.Position position =
        new Checkpoint.Position(
            start.run(),
            start.life(),
            version,
            step,
            start.seed(),
            ledger.sequence(),
            ledger.elapsed(),
            new CurriculumState(ledger.nextOrdinal(), curriculum.tasks()),
            violations);
    List<FinishedGroup> kept = setup.maxStaleness() == 0 ? List.of() : buffer.finished();
    long storedVersion = version;
    getContext()
        .pipeToSelf(
            work.checkpoint(position, kept),
            (stored, error) ->
                error == null
                    ? new Stored(stored, storedVersion, last)
                    : new Failed("the checkpoint", error));
  }

  private Behavior<Command> onStored(Stored m) {
    controller.tell(
        new RunController.CheckpointStored(
            m.version(),
            m.stored().written().directory(),
            m.stored().written().bytes(),
            m.stored().took(),
            m.last()));
    return this;
  }

  private Behavior<Command> onForget(Forget m) {
    m.groups().forEach(buffer::forget);
    return this;
  }

  private Behavior<Command> onDiscard(Discard m) {
    m.groups().forEach(buffer::discard);
    return this;
  }

  private Behavior<Command> onBreakOff(BreakOff m) {
    work.breakOff();
    return this;
  }

  private Behavior<Command> onFailed(Failed m) {
    getContext().getLog().error("{} failed", m.what(), m.cause());
    controller.tell(new RunController.LearnerFailed(m.what() + " failed: " + m.cause()));
    return this;
  }

  private Announcement announcement(long made) {
    return new Announcement(setup.run(), setup.start().life(), made, setup.host(), setup.port());
  }

  private Behavior<Command> onStop() {
    work.close().whenComplete((done, error) -> stopped.complete(Done.getInstance()));
    return this;
  }
}
