package io.amalgam.actors.cluster;

import io.amalgam.actors.controller.ControllerSetup;
import io.amalgam.actors.controller.RunController;
import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.generator.GeneratorSetup;
import io.amalgam.actors.learner.FinishedGroup;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.LearnerSetup;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.verifier.Verifier;
import io.amalgam.actors.verifier.VerifierSetup;
import io.amalgam.actors.weights.Announcement;
import io.amalgam.actors.weights.WeightPublisher;
import io.amalgam.actors.weights.WeightServer;
import io.amalgam.actors.weights.WeightSource;
import io.amalgam.verifiers.sandbox.ChildJudge;
import io.amalgam.verifiers.sandbox.Judge;
import io.amalgam.verifiers.sandbox.RoutedJudge;
import io.amalgam.verifiers.sandbox.ThreadJudge;
import io.amalgam.verifiers.task.TaskCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** The actors of one JVM, by the roles it takes. */
final class Node {
  /** Regular checks of deadlines. */
  static final Duration TICK = Duration.ofMillis(250);

  private static final String GENERATOR = "generator-";

  /** Beyond verification itself, before a member counts as lost on its way. */
  private static final Duration DELIVERY = Duration.ofSeconds(10);

  private final RunSettings settings;
  private final RunParts parts;
  private final Map<String, ComputePermit> permits = new ConcurrentHashMap<>();
  private final List<CompletableFuture<Done>> threads = new ArrayList<>();
  private int generators;

  Node(RunSettings settings, RunParts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  /** Everything that a learner's node needs before the actors start. */
  record LearnerParts(
      LearnerSetup learner,
      List<FinishedGroup> restored,
      ControllerSetup controller,
      Optional<WeightServer> server) {}

  /** One permit per device of this JVM. */
  ComputePermit permit(String device) {
    return permits.computeIfAbsent(device, d -> ComputePermit.of(d, parts.threads()));
  }

  /** Who waits for a device of this JVM, and who computes on it. */
  List<Wait> deviceWaits() {
    List<Wait> waits = new ArrayList<>();
    permits.forEach(
        (device, permit) ->
            permit
                .holder()
                .filter(h -> permit.contended())
                .ifPresent(
                    h ->
                        waits.add(
                            new Wait(
                                "the device " + device,
                                "whoever computes on it next",
                                h.name(),
                                Duration.ofNanos(System.nanoTime() - h.since()),
                                Optional.empty()))));
    return waits;
  }

  /** Completed when every compute thread of this JVM has ended. */
  CompletableFuture<Void> threadsEnded() {
    return CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new));
  }

  /**
   * All roles in one JVM without a cluster.
   *
   * @param stopped told the name of an actor that stopped although the run needs it
   */
  Behavior<Void> local(
      LearnerParts learner,
      Consumer<ActorRef<RunController.Command>> controllerStarted,
      Consumer<String> stopped) {
    return Behaviors.setup(
        context -> {
          ActorRef<RunController.Command> controller =
              context.spawn(RunController.create(learner.controller()), "controller");
          context.watch(controller);
          controllerStarted.accept(controller);
          startVerifier(context);
          startGenerators(context, controller, Optional.of(learner.learner().store()));
          startLearner(context, learner, controller);
          return Behaviors.receive(Void.class)
              .onSignal(
                  Terminated.class,
                  gone -> {
                    if (!isGenerator(gone)) {
                      stopped.accept(gone.getRef().path().name());
                    }
                    return Behaviors.same();
                  })
              .build();
        });
  }

  /**
   * Some roles of a cluster.
   *
   * @param stopped told the name of an actor that stopped although the run needs it
   * @param over called when the run is over for a node without learner
   */
  Behavior<Void> clustered(
      java.util.Set<String> roles,
      Optional<LearnerParts> learner,
      Consumer<ActorRef<RunController.Command>> controllerStarted,
      Consumer<String> stopped,
      Runnable over) {
    return Behaviors.setup(
        context -> {
          Behavior<RunController.Command> own =
              learner.map(l -> RunController.create(l.controller())).orElseGet(Behaviors::stopped);
          ActorRef<RunController.Command> controller =
              ClusterSingleton.get(context.getSystem())
                  .init(
                      SingletonActor.of(own, "controller")
                          .withSettings(
                              ClusterSingletonSettings.create(context.getSystem())
                                  .withRole(Roles.LEARNER)));
          controllerStarted.accept(controller);
          if (roles.contains(Roles.VERIFIER)) {
            startVerifier(context);
          }
          if (roles.contains(Roles.GENERATOR)) {
            startGenerators(context, controller, learner.map(l -> l.learner().store()));
          }
          learner.ifPresentOrElse(
              l -> startLearner(context, l, controller),
              () -> context.spawn(LearnerWatch.create(over), "learner-watch"));
          return Behaviors.receive(Void.class)
              .onSignal(
                  Terminated.class,
                  gone -> {
                    if (!isGenerator(gone)) {
                      stopped.accept(gone.getRef().path().name());
                    } else if (learner.isEmpty() && --generators == 0) {
                      over.run();
                    }
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static boolean isGenerator(Terminated gone) {
    return gone.getRef().path().name().startsWith(GENERATOR);
  }

  private void startVerifier(ActorContext<Void> context) {
    RunSettings.Verifier v = settings.verifier();
    ActorRef<Verifier.Command> verifier =
        context.spawn(
            Verifier.create(
                new VerifierSetup(
                    parts.mix()::task,
                    settings.answers(),
                    parts.reward(),
                    v.parallelism(),
                    judge(v),
                    v.failures())),
            "verifier");
    context.watch(verifier);
  }

  /** Scoring processes are started only for tasks that need them, and nobody waits for them. */
  private Judge judge(RunSettings.Verifier v) {
    TaskCatalog catalog = settings.taskCatalog();
    Set<String> apart =
        parts.mix().names().stream()
            .filter(catalog.names()::contains)
            .filter(name -> catalog.describe(name).isolated())
            .collect(Collectors.toSet());
    ChildJudge children =
        new ChildJudge(
            new ChildJudge.Settings(
                v.processes(),
                v.heapMegabytes(),
                settings.tasks().cascade(),
                Optional.of(settings.tasks().dataDir()).filter(d -> !d.isEmpty()).map(Path::of)));
    return new RoutedJudge(
        apart, apart.isEmpty() ? children : children.warmedUp(), new ThreadJudge());
  }

  private void startGenerators(
      ActorContext<Void> context,
      ActorRef<RunController.Command> controller,
      Optional<WeightSource> store) {
    int index = 0;
    for (String device : settings.generator().devices()) {
      CompletableFuture<Done> ended = new CompletableFuture<>();
      threads.add(ended);
      String name = GENERATOR + index++;
      ActorRef<Generator.Command> generator =
          context.spawn(
              Generator.create(generatorSetup(name, device, store), controller, ended), name);
      context.watch(generator);
      generators++;
    }
  }

  private GeneratorSetup generatorSetup(String name, String device, Optional<WeightSource> store) {
    RunSettings.Generator g = settings.generator();
    boolean synchronous = settings.controller().maxStaleness() == 0;
    Duration verification = settings.verifier().failures().longest();
    String where =
        store.isPresent()
            ? name
            : name + "@" + settings.cluster().host() + ":" + settings.cluster().port();
    return new GeneratorSetup(
        where,
        parts.samplers(device),
        parts.prompts(),
        permit(device),
        store.filter(s -> !settings.weights().channel().equals("socket")),
        parts::completed,
        settings.run().seed(),
        g.slots(),
        settings.learner().groupSize(),
        synchronous ? settings.learner().groupsPerStep() : 1,
        parts.maxPrompt(),
        g.maxNewTokens(),
        verification.plus(DELIVERY),
        settings.weights().timeout(),
        TICK);
  }

  private void startLearner(
      ActorContext<Void> context, LearnerParts l, ActorRef<RunController.Command> controller) {
    LearnerSetup setup = l.learner();
    ActorRef<WeightPublisher.Command> publisher =
        context.spawn(
            WeightPublisher.create(
                new Announcement(
                    setup.run(),
                    setup.start().life(),
                    setup.start().version(),
                    setup.host(),
                    setup.port()),
                l.server()),
            "weight-publisher");
    CompletableFuture<Done> ended = new CompletableFuture<>();
    threads.add(ended);
    context.watch(publisher);
    context.watch(
        context.spawn(
            Learner.create(setup, l.restored(), controller, publisher, ended), "learner"));
  }
}
