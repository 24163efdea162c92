package io.amalgam.actors.verifier;

import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs verifications on threads of their own, which are interrupted when their time is up.
 *
 * <p>A scorer that does not heed the interruption keeps its daemon thread until it ends by itself;
 * nobody waits for it.
 */
final class VerifierThreads implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "verifier-clock");
            thread.setDaemon(true);
            return thread;
          });
  private final Duration limit;

  VerifierThreads(Duration limit) {
    this.limit = limit;
  }

  /** The verdict, at the latest after the limit. Never completes with an error. */
  CompletionStage<Verdict> judge(Supplier<Verdict> judging) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                verdict.complete(judging.get());
              } catch (RuntimeException | Error e) {
                verdict.complete(new Verdict.Crashed(e.toString()));
              }
            },
            "verification");
    thread.setDaemon(true);
    thread.start();
    var alarm =
        clock.schedule(
            () -> {
              if (verdict.complete(new Verdict.TimedOut(limit))) {
                thread.interrupt();
              }
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    return verdict.whenComplete((v, e) -> alarm.cancel(false));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
