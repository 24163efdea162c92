package io.amalgam.actors.learner;

import io.amalgam.policy.weights.EncodedWeights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The learner's compute thread: steps and checkpoints, one after the other. */
final class LearnerWork {
  private final LearnerSetup setup;
  private final Optional<Rollouts> rollouts;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "learner"));

  LearnerWork(LearnerSetup setup) {
    this.setup = setup;
    this.rollouts = setup.rollouts().map(r -> new Rollouts(r.runDir()));
  }

  /** A step's result without what only the actor knows. */
  record Stepped(
      PolicyTrainer.TrainFigures figures,
      Duration training,
      Optional<java.nio.file.Path> rollouts) {}

  /** Trains on the groups. */
  CompletionStage<Stepped> step(List<FinishedGroup> batch, long version, int step) {
    return CompletableFuture.supplyAsync(
        () -> {
          long began = System.nanoTime();
          PolicyTrainer.TrainFigures figures = setup.trainer().train(batch, version, stop::get);
          long trained = System.nanoTime();
          return new Stepped(
              figures,
              Duration.ofNanos(trained - began),
              rollouts.map(r -> r.write(step + 1, batch, setup.trainer().advantages(batch))));
        },
        thread);
  }

  /** Puts the present weights, or the adapter, into the store, from where generators fetch them. */
  CompletionStage<StepReport.Publishing> publish(long version) {
    return CompletableFuture.supplyAsync(
        () -> {
          long began = System.nanoTime();
          EncodedWeights update = setup.store().publish(version, setup.trainer().published());
          return new StepReport.Publishing(
              Duration.ofNanos(System.nanoTime() - began), update.bytes());
        },
        thread);
  }

  /** A checkpoint on disk and the time it took. */
  record Stored(Checkpoints.Written written, Duration took) {}

  /** Writes a checkpoint of the present weights. */
  CompletionStage<Stored> checkpoint(Checkpoint.Position position, List<FinishedGroup> finished) {
    List<FinishedGroup> kept = new ArrayList<>(finished);
    return CompletableFuture.supplyAsync(
        () -> {
          long began = System.nanoTime();
          Checkpoints.Written written =
              setup
                  .checkpoints()
                  .write(
                      new Checkpoint(position, setup.trainer(), setup.trainer().lossState(), kept));
          return new Stored(written, Duration.ofNanos(System.nanoTime() - began));
        },
        thread);
  }

  /** Breaks the step under way off after the native call it is in. */
  void breakOff() {
    stop.set(true);
  }

  /** Ends the thread after what it is doing and frees the policy; completes when that is done. */
  CompletionStage<Void> close() {
    stop.set(true);
    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(() -> setup.trainer().close(), thread);
    thread.shutdown();
    return closed.thenRunAsync(this::awaitEnd);
  }

  private void awaitEnd() {
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the learner's thread does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
