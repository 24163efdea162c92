package io.amalgam.actors.generator;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.controller.RunController;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.verifier.Verifier;
import io.amalgam.actors.weights.Announcement;
import io.amalgam.actors.weights.WeightPublisher;
import io.amalgam.actors.weights.WeightReceiver;
import io.amalgam.actors.wire.ControlMessage;
import io.amalgam.actors.wire.DataMessage;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.verifiers.task.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/**
 * Samples groups on one device.
 *
 * <p>It asks the controller for work as long as its slots are not full, gives every finished member
 * to a verifier, and keeps it until the learner says that it has it; a member that is not
 * acknowledged in time is sent again, to another verifier where there is one.
 */
public final class Generator extends AbstractBehavior<Generator.Command> {

  /** What a generator understands. */
  public sealed interface Command {}

  /** Groups leased to this generator. */
  public record WorkGranted(
      String run,
      List<GroupTask> groups,
      ActorRef<Learner.Command> learner,
      ActorRef<RunController.Command> controller)
      implements Command, DataMessage {}

  /** These groups are not wanted any more. */
  public record Cancel(String run, List<GroupKey> groups) implements Command, ControlMessage {}

  /** The learner has the member. */
  public record MemberStored(String run, long ordinal, int attempt, int member)
      implements Command, ControlMessage {}

  /** A policy version is ready to be fetched. */
  public record VersionAnnounced(Announcement announcement) implements Command, ControlMessage {}

  /** The run is over: stop computing. */
  public record RunOver(String reason) implements Command, ControlMessage {}

  private record Finished(List<Trajectory> trajectories) implements Command {}

  private record Swapped(DeviceThread.NewWeights weights, Duration pause, int inFlight)
      implements Command {}

  private record Progress(DeviceThread.Load load) implements Command {}

  private record DeviceFailed(String reason) implements Command {}

  private record Fetched(WeightReceiver.Fetch fetch) implements Command {}

  private record FetchFailed(String reason) implements Command {}

  private record VerifiersChanged(Set<ActorRef<Verifier.Command>> verifiers) implements Command {}

  private record PublishersChanged(Set<ActorRef<WeightPublisher.Command>> publishers)
      implements Command {}

  private record Tick() implements Command {}

  private final GeneratorSetup setup;
  private final ActorRef<RunController.Command> controller;
  private final DeviceThread device;
  private final RunWeights weights;
  private final HeldGroups held = new HeldGroups();
  private final VerifierRota verifiers = new VerifierRota();
  private Optional<ActorRef<Learner.Command>> learner = Optional.empty();
  private Optional<DeviceThread.Load> load = Optional.empty();
  private long finishedMembers;
  private long finishedTokens;

  /**
   * A generator.
   *
   * @param stopped completed when the device's thread has ended
   */
  public static Behavior<Command> create(
      GeneratorSetup setup,
      ActorRef<RunController.Command> controller,
      CompletableFuture<Done> stopped) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Generator(context, timers, setup, controller, stopped)));
  }

  private Generator(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      GeneratorSetup setup,
      ActorRef<RunController.Command> controller,
      CompletableFuture<Done> stopped) {
    super(context);
    this.setup = setup;
    this.controller = controller;
    this.weights =
        new RunWeights(
            new WeightReceiver(
                setup.name(), setup.fetchTimeout(), setup.localWeights(), setup.completion()));
    ActorRef<Command> self = context.getSelf();
    this.device =
        new DeviceThread(
            setup.name(),
            setup.permit(),
            setup.source(),
            new DeviceThread.Listener() {
              @Override
              public void finished(List<Trajectory> trajectories) {
                self.tell(new Finished(trajectories));
              }

              @Override
              public void swapped(DeviceThread.NewWeights w, Duration pause, int inFlight) {
                self.tell(new Swapped(w, pause, inFlight));
              }

              @Override
              public void progress(DeviceThread.Load load) {
                self.tell(new Progress(load));
              }

              @Override
              public void failed(Throwable cause) {
                self.tell(new DeviceFailed(cause.toString()));
              }
            },
            stopped);
    device.start();
    timers.startTimerWithFixedDelay(new Tick(), setup.tick());
    subscribe(context);
    askForWork();
  }

  private void subscribe(ActorContext<Command> context) {
    ActorRef<Receptionist.Listing> verifierListing =
        context.messageAdapter(
            Receptionist.Listing.class,
            l ->
                l.isForKey(Verifier.KEY)
                    ? new VerifiersChanged(l.getServiceInstances(Verifier.KEY))
                    : new PublishersChanged(l.getServiceInstances(WeightPublisher.KEY)));
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.subscribe(Verifier.KEY, verifierListing));
    receptionist.tell(Receptionist.subscribe(WeightPublisher.KEY, verifierListing));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(WorkGranted.class, this::onWork)
        .onMessage(Cancel.class, this::onCancel)
        .onMessage(Finished.class, this::onFinished)
        .onMessage(MemberStored.class, this::onStored)
        .onMessage(VersionAnnounced.class, this::onAnnounced)
        .onMessage(Fetched.class, this::onFetched)
        .onMessage(FetchFailed.class, this::onFetchFailed)
        .onMessage(Swapped.class, this::onSwapped)
        .onMessage(Progress.class, this::onProgress)
        .onMessage(VerifiersChanged.class, this::onVerifiers)
        .onMessage(PublishersChanged.class, this::onPublishers)
        .onMessage(Tick.class, this::onTick)
        .onMessage(DeviceFailed.class, this::onDeviceFailed)
        .onMessage(RunOver.class, m -> Behaviors.stopped())
        .onSignal(PostStop.class, s -> onStop())
        .build();
  }

  private Behavior<Command> onWork(WorkGranted m) {
    if (!m.run().equals(weights.run())) {
      return this;
    }
    learner = Optional.of(m.learner());
    List<GroupRequest> requests = new ArrayList<>();
    for (GroupTask task : m.groups()) {
      int[] prompt = setup.prompts().prompt(task.problem());
      if (prompt.length > setup.maxPrompt()) {
        controller.tell(
            new RunController.GroupUnusable(
                task.key(),
                "its prompt has " + prompt.length + " tokens, " + setup.maxPrompt() + " fit"));
      } else {
        held.add(task);
        requests.add(setup.request(weights.run(), task, prompt));
      }
    }
    device.work(requests);
    return this;
  }

  private Behavior<Command> onCancel(Cancel m) {
    if (m.run().equals(weights.run())) {
      device.cancel(m.groups());
      held.drop(m.groups());
    }
    return this;
  }

  private Behavior<Command> onFinished(Finished m) {
    int refused = 0;
    for (Trajectory t : m.trajectories()) {
      finishedMembers++;
      finishedTokens += t.length();
      Optional<Problem> problem =
          t.key().run().equals(weights.run()) ? held.finished(t.key()) : Optional.empty();
      if (problem.isPresent()) {
        send(message(problem.get(), t));
      } else {
        refused++;
      }
    }
    if (refused > 0) {
      controller.tell(new RunController.MembersRefused(refused, "group given up"));
    }
    return this;
  }

  private Verifier.Verify message(Problem problem, Trajectory t) {
    return new Verifier.Verify(
        problem, t, setup.prompts().completion(t), learner.orElseThrow(), getContext().getSelf());
  }

  private void send(Verifier.Verify message) {
    held.sent(message, System.nanoTime());
    verifiers.next().ifPresent(v -> v.tell(message));
  }

  private Behavior<Command> onStored(MemberStored m) {
    held.confirmed(new TrajectoryKey(m.run(), m.ordinal(), m.attempt(), m.member()));
    return this;
  }

  private Behavior<Command> onAnnounced(VersionAnnounced m) {
    Announcement a = m.announcement();
    if (weights.begins(a)) {
      getContext().getLog().info("{} takes part in run {}", setup.name(), a.run());
      held.clear();
      device.cancelAll();
    }
    fetch(weights.announced(a));
    return this;
  }

  private void fetch(Optional<CompletionStage<WeightReceiver.Fetch>> fetch) {
    fetch.ifPresent(
        stage ->
            getContext()
                .pipeToSelf(
                    stage,
                    (fetched, error) ->
                        error == null
                            ? new Fetched(fetched)
                            : new FetchFailed(String.valueOf(error.getMessage()))));
  }

  private Behavior<Command> onFetched(Fetched m) {
    WeightReceiver.Fetch f = m.fetch();
    if (weights.fits(f.version())) {
      device.swap(
          new DeviceThread.NewWeights(
              weights.run(), f.version().number(), f.weights(), f.bytes(), f.anchor(), f.took()));
    }
    fetch(weights.fetched(f.version()));
    return this;
  }

  private Behavior<Command> onFetchFailed(FetchFailed m) {
    getContext().getLog().warn("{} could not fetch weights: {}", setup.name(), m.reason());
    weights.fetchFailed();
    return this;
  }

  private Behavior<Command> onSwapped(Swapped m) {
    if (!weights.inUse(m.weights())) {
      return this;
    }
    controller.tell(
        new RunController.WeightsTaken(
            setup.name(),
            weights.version(),
            m.weights().bytes(),
            m.weights().anchor(),
            m.weights().fetch(),
            m.pause(),
            m.inFlight()));
    askForWork();
    return this;
  }

  private Behavior<Command> onProgress(Progress m) {
    load = Optional.of(m.load());
    askForWork();
    return this;
  }

  /**
   * One standing request: it replaces the one before, so repeating it does no harm. Without weights
   * it asks for nothing, but the controller learns that the generator is there.
   */
  private void askForWork() {
    int room = setup.slots() - held.unfinished();
    int wanted = (room + setup.groupSize() - 1) / setup.groupSize() + setup.queuedGroups();
    if (weights.version() < 0) {
      wanted = 0;
    }
    controller.tell(
        new RunController.WorkWanted(
            getContext().getSelf(),
            setup.name(),
            weights.run(),
            weights.version(),
            Math.max(0, wanted),
            held.keys(),
            new RunController.GeneratorFigures(
                load.map(l -> l.busyNanos()).orElse(0L) * 1e-9,
                load.map(l -> l.statistics().tokens()).orElse(0L),
                finishedMembers,
                finishedTokens,
                held.unconfirmed())));
  }

  private Behavior<Command> onVerifiers(VerifiersChanged m) {
    if (verifiers.replace(m.verifiers())) {
      held.onTheWay().forEach(this::send);
    }
    return this;
  }

  private Behavior<Command> onPublishers(PublishersChanged m) {
    m.publishers().forEach(p -> p.tell(new WeightPublisher.Subscribe(getContext().getSelf())));
    return this;
  }

  private Behavior<Command> onTick(Tick m) {
    held.late(setup.confirmWithin(), System.nanoTime()).forEach(this::send);
    fetch(weights.retry());
    askForWork();
    return this;
  }

  private Behavior<Command> onDeviceFailed(DeviceFailed m) {
    controller.tell(new RunController.GeneratorFailed(setup.name(), m.reason()));
    return Behaviors.stopped();
  }

  private Behavior<Command> onStop() {
    load.flatMap(DeviceThread.Load::memory)
        .ifPresent(
            m ->
                getContext()
                    .getLog()
                    .info(
                        "{} took at most {} MiB of key-value memory; granted are {} MiB",
                        setup.name(),
                        m.peakBytes() >> 20,
                        m.budgetBytes() >> 20));
    device.stop();
    weights.close();
    return this;
  }
}
