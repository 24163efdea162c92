package io.amalgam.verifiers.sandbox;

import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Judges on threads of its own, which are interrupted when their time is up.
 *
 * <p>A scorer that does not heed the interruption keeps its daemon thread until it ends by itself;
 * nobody waits for it. Scorers that may run away belong to {@link ChildJudge}.
 */
public final class ThreadJudge implements Judge {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "verifier-clock");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public CompletionStage<Verdict> judge(
      Task task, Problem problem, Optional<String> answer, Duration limit) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                verdict.complete(task.judge(problem, answer));
              } catch (RuntimeException | Error e) {
                verdict.complete(new Verdict.Crashed(task.name() + ": " + e));
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
