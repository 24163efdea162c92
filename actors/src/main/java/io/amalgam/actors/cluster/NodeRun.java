package io.amalgam.actors.cluster;

import io.amalgam.actors.cluster.RunOutcome.Ending;
import io.amalgam.actors.controller.RunController;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run, or a node's part in one, as its starter sees it. */
final class NodeRun implements RunHandle {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRun.class);
  private static final Duration THREADS_END = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final boolean learnerHere;
  private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
  private final CompletableFuture<ActorRef<RunController.Command>> controller =
      new CompletableFuture<>();
  private final CompletableFuture<ActorSystem<Void>> system = new CompletableFuture<>();
  private final CompletableFuture<Node> node = new CompletableFuture<>();
  private final CompletableFuture<RunOutcome> down = new CompletableFuture<>();

  NodeRun(boolean learnerHere) {
    this.learnerHere = learnerHere;
  }

  /** The run is over for this JVM. */
  void ended(RunOutcome how) {
    outcome.complete(how);
  }

  /** An actor stopped although the run needs it. */
  void lost(String actor) {
    ended(
        new RunOutcome(
            Ending.FAILED, 0, 0, Optional.empty(), "the " + actor + " has stopped; see the log"));
  }

  void controllerStarted(ActorRef<RunController.Command> ref) {
    controller.complete(ref);
  }

  /** The actors run; what follows their end is arranged. */
  void started(ActorSystem<Void> actors, Node here, RunParts parts) {
    node.complete(here);
    system.complete(actors);
    actors
        .getWhenTerminated()
        .whenComplete(
            (done, error) ->
                ended(
                    new RunOutcome(
                        Ending.FAILED, 0, 0, Optional.empty(), "the actor system has stopped")));
    Thread closer =
        new Thread(
            () -> {
              RunOutcome how = outcome.join();
              actors.terminate();
              try {
                actors.getWhenTerminated().toCompletableFuture().join();
                here.threadsEnded().get(THREADS_END.toMillis(), TimeUnit.MILLISECONDS);
                parts.close();
              } catch (InterruptedException
                  | ExecutionException
                  | CompletionException
                  | TimeoutException e) {
                LOG.error("the run did not come down cleanly", e);
              }
              down.complete(how);
            },
            "run-closer");
    closer.setDaemon(true);
    closer.start();
  }

  @Override
  public void interrupt() {
    if (learnerHere) {
      controller.thenAccept(c -> c.tell(new RunController.Interrupt()));
    } else {
      ended(new RunOutcome(Ending.INTERRUPTED, 0, 0, Optional.empty(), "interrupted"));
    }
  }

  @Override
  public RunOutcome await() throws InterruptedException {
    try {
      return down.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the run's end was lost", e.getCause());
    }
  }

  @Override
  public List<Wait> waits() {
    if (!controller.isDone() || !system.isDone() || outcome.isDone()) {
      return List.of();
    }
    List<Wait> waits = new ArrayList<>(node.join().deviceWaits());
    try {
      waits.addAll(
          AskPattern.<RunController.Command, RunController.Waits>ask(
                  controller.join(),
                  RunController.WhyWaiting::new,
                  ANSWER,
                  system.join().scheduler())
              .toCompletableFuture()
              .join()
              .waits());
    } catch (CompletionException e) {
      waits.add(
          new Wait(
              "an answer of the controller", "caller", "controller", ANSWER, Optional.empty()));
    }
    waits.sort(Comparator.comparing(Wait::since).reversed());
    return List.copyOf(waits);
  }
}
