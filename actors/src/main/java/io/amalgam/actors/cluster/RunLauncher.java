package io.amalgam.actors.cluster;

import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.controller.ControllerSetup;
import io.amalgam.actors.controller.LedgerSchema;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.learner.LearnerSetup;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.actors.weights.WeightServer;
import io.amalgam.actors.weights.WeightStore;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.RepetitionPenalty;
import io.amalgam.verifiers.curriculum.ProblemSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Starts runs: all roles in this JVM, or some roles of a cluster.
 *
 * <p>What can be wrong with model, run directory or ports shows as an exception before anything is
 * started. A caller that can be told to stop (SIGINT, SIGTERM) calls {@link RunHandle#interrupt}
 * and waits; the compute threads are joined before {@link RunHandle#await} returns.
 */
public final class RunLauncher {
  /** The actor system's name; nodes of one cluster share it. */
  static final String SYSTEM = "amalgam";

  private RunLauncher() {}

  /**
   * Refuses what cannot be decoded or trained with a policy, before anything is written.
   *
   * @throws io.amalgam.policy.mixture.MixtureConfigurationException for a way of sampling that has
   *     no gradient here
   * @throws SettingsException for too little key-value memory
   */
  public static void check(RunSettings settings, LoadedPolicy policy) {
    RepetitionPenalty.refuseTraining(settings.methodSpec());
    checkMemory(settings, policy);
  }

  /**
   * Refuses a key-value memory that cannot hold one sequence.
   *
   * @throws SettingsException with the numbers
   */
  public static void checkMemory(RunSettings settings, LoadedPolicy policy) {
    try {
      ModelParts.requireCacheMemory(settings, policy);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "generator.kv-cache is too small: " + e.getMessage(),
          "raise it, or lower generator.max-new-tokens or model.max-context");
    }
  }

  /**
   * Starts a one-node run and returns at once.
   *
   * @param runDir an existing run directory; holds a checkpoint when {@code resume}
   * @param resume go on from the newest whole checkpoint
   * @throws io.amalgam.actors.learner.CheckpointException when there is nothing to go on from
   * @throws UncheckedIOException when run directory or port cannot be used
   */
  public static RunHandle startLocal(
      RunSettings settings, Path runDir, RunListener listener, boolean resume) {
    return startLocal(settings, runDir, listener, resume, ModelParts.open(settings));
  }

  static RunHandle startLocal(
      RunSettings settings, Path runDir, RunListener listener, boolean resume, RunParts parts) {
    NodeRun run = new NodeRun(true);
    Node node = new Node(settings, parts);
    Node.LearnerParts learner =
        learner(settings, runDir, listener, resume, parts, node, run, false);
    ActorSystem<Void> system =
        ActorSystem.create(
            node.local(learner, run::controllerStarted, run::lost),
            SYSTEM,
            PekkoConfig.local(settings, runDir));
    run.started(system, node, parts);
    return run;
  }

  /** Starts a one-node run and waits for its end. */
  public static RunOutcome runLocal(
      RunSettings settings, Path runDir, RunListener listener, boolean resume)
      throws InterruptedException {
    return startLocal(settings, runDir, listener, resume).await();
  }

  /**
   * Joins a cluster with the given roles ({@code learner}, {@code generator}, {@code verifier}) and
   * returns at once. Only the node with the role learner emits events and writes into {@code
   * runDir}; the others end when the run does.
   */
  public static RunHandle startRoles(
      RunSettings settings, Path runDir, Set<String> roles, RunListener listener, boolean resume) {
    return startRoles(settings, runDir, roles, listener, resume, ModelParts.open(settings));
  }

  static RunHandle startRoles(
      RunSettings settings,
      Path runDir,
      Set<String> roles,
      RunListener listener,
      boolean resume,
      RunParts parts) {
    Roles.check(roles);
    boolean learnerHere = roles.contains(Roles.LEARNER);
    requireFree(settings.cluster().host(), settings.cluster().port());
    NodeRun run = new NodeRun(learnerHere);
    Node node = new Node(settings, parts);
    Optional<Node.LearnerParts> learner =
        learnerHere
            ? Optional.of(learner(settings, runDir, listener, resume, parts, node, run, true))
            : Optional.empty();
    Runnable over =
        () -> run.ended(new RunOutcome(Ending.DONE, 0, 0, Optional.empty(), "the run is over"));
    ActorSystem<Void> system =
        ActorSystem.create(
            node.clustered(roles, learner, run::controllerStarted, run::lost, over),
            SYSTEM,
            PekkoConfig.node(settings, runDir, roles));
    run.started(system, node, parts);
    return run;
  }

  private static Node.LearnerParts learner(
      RunSettings settings,
      Path runDir,
      RunListener listener,
      boolean resume,
      RunParts parts,
      Node node,
      NodeRun run,
      boolean cluster) {
    if (cluster || settings.weights().channel().equals("socket")) {
      requireFree(settings.weights().host(), settings.weights().port());
    }
    try {
      LedgerSchema.prepare(runDir);
      PolicyTrainer trainer = parts.trainer(node.permit(ModelParts.learnerDevice(settings)));
      Checkpoints checkpoints = new Checkpoints(runDir, settings.checkpoint().keep());
      LearnerStart start =
          resume
              ? LearnerStart.resumed(runDir, checkpoints, trainer)
              : LearnerStart.fresh(settings, runDir, checkpoints, trainer);
      WeightStore store =
          new WeightStore(
              start.position().life(),
              start.position().version(),
              trainer.published(),
              settings.weights().keepDeltas(),
              settings.weights().anchorEvery());
      Optional<WeightServer> server = server(settings, store, cluster);
      return new Node.LearnerParts(
          learnerSetup(
              settings,
              runDir,
              trainer,
              checkpoints,
              start,
              settings.schedule(parts.mix()),
              store,
              server),
          start.finished(),
          controllerSetup(settings, listener, resume, parts, start, run),
          server);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Found out before anything is written or started. */
  private static void requireFree(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new UncheckedIOException(
          host + ":" + port + " cannot be used: " + e.getMessage() + "; choose another port", e);
    }
  }

  private static Optional<WeightServer> server(
      RunSettings settings, WeightStore store, boolean cluster) throws IOException {
    String channel = settings.weights().channel();
    boolean socket = channel.equals("socket") || (channel.equals("auto") && cluster);
    return socket
        ? Optional.of(
            new WeightServer(
                settings.weights().host(),
                settings.weights().port(),
                store,
                settings.weights().timeout()))
        : Optional.empty();
  }

  private static LearnerSetup learnerSetup(
      RunSettings settings,
      Path runDir,
      PolicyTrainer trainer,
      Checkpoints checkpoints,
      LearnerStart start,
      ProblemSchedule schedule,
      WeightStore store,
      Optional<WeightServer> server) {
    return new LearnerSetup(
        trainer,
        MethodCatalog.create(settings.methodSpec()).spec(),
        store,
        checkpoints,
        settings.keepRollouts()
            ? Optional.of(new LearnerSetup.RolloutDirectory(runDir))
            : Optional.empty(),
        start.position(),
        schedule,
        settings.learner().groupSize(),
        settings.learner().minGroupSize(),
        settings.controller().maxStaleness(),
        settings.checkpoint().everySteps(),
        start.run(),
        server.map(s -> settings.weights().host()).orElse(""),
        server.map(WeightServer::port).orElse(0));
  }

  private static ControllerSetup controllerSetup(
      RunSettings settings,
      RunListener listener,
      boolean resume,
      RunParts parts,
      LearnerStart start,
      NodeRun run) {
    return new ControllerSetup(
        settings.schedule(parts.mix()),
        settings.learner().groupSize(),
        settings.learner().groupsPerStep(),
        settings.generator().prefetchGroups() * settings.generator().devices().size(),
        settings.controller().maxStaleness(),
        settings.controller().maxAttempts(),
        settings.controller().leaseTimeout(),
        settings.controller().stallTimeout(),
        settings.run().steps(),
        settings.run().budget(),
        Node.TICK,
        resume,
        start.note(),
        listener,
        run::ended);
  }
}
