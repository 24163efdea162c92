package io.amalgam.verifiers.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Judges in processes of their own, which can be killed and whose memory is bounded. A few stand
 * warm; one that died or was killed is replaced.
 */
public final class ChildJudge implements Judge {
  /** A process may take so long to come up; more means that the machine cannot start one. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Settings settings;
  private final ConcurrentLinkedDeque<LineProcess> idle = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<LineProcess> all = new ConcurrentLinkedDeque<>();
  private final ExecutorService workers;
  private volatile boolean closed;

  /**
   * How the processes are run.
   *
   * @param processes how many, at least 1; further answers wait
   * @param megabytes heap of a process in MiB
   * @param cascade whether answers that differ in notation alone are accepted
   * @param data directory with texts and word lists, if it is not the one inside Amalgam
   */
  public record Settings(int processes, int megabytes, boolean cascade, Optional<Path> data) {
    /** Checks the ranges. */
    public Settings {
      if (processes < 1 || megabytes < 32) {
        throw new IllegalArgumentException(
            processes + " scoring processes of " + megabytes + " MiB: at least 1 of 32");
      }
    }
  }

  /** A judge without processes; the first ones start when they are needed or warmed up. */
  public ChildJudge(Settings settings) {
    this.settings = settings;
    workers =
        Executors.newFixedThreadPool(
            settings.processes(),
            work -> {
              Thread thread = new Thread(work, "scoring-process");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts the processes without waiting for them. */
  public ChildJudge warmedUp() {
    for (int i = 0; i < settings.processes(); i++) {
      replaceLater();
    }
    return this;
  }

  @Override
  public CompletionStage<Verdict> judge(
      Task task, Problem problem, Optional<String> answer, Duration limit) {
    String request = ScoringMessage.request(task, problem, answer);
    try {
      return CompletableFuture.supplyAsync(() -> judged(request, limit), workers)
          .exceptionally(e -> new Verdict.Crashed(e.toString()));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(new Verdict.Crashed("the judge is closed"));
    }
  }

  private Verdict judged(String request, Duration limit) {
    Optional<LineProcess> used = Optional.empty();
    try {
      LineProcess process = take();
      used = Optional.of(process);
      Verdict verdict = ScoringMessage.verdict(process.ask(request, limit));
      idle.addFirst(process);
      return verdict;
    } catch (LineProcess.Late e) {
      used.ifPresent(this::drop);
      return new Verdict.TimedOut(limit);
    } catch (LineProcess.Ended | JsonProcessingException e) {
      used.ifPresent(this::drop);
      return new Verdict.Crashed("scoring process: " + e.getMessage());
    } catch (InterruptedException e) {
      used.ifPresent(this::drop);
      Thread.currentThread().interrupt();
      return new Verdict.Crashed("judging was interrupted");
    }
  }

  private LineProcess take() throws LineProcess.Late, LineProcess.Ended, InterruptedException {
    for (LineProcess p = idle.pollFirst(); p != null; p = idle.pollFirst()) {
      if (p.isAlive()) {
        return p;
      }
      drop(p);
    }
    return start();
  }

  private void drop(LineProcess process) {
    process.close();
    all.remove(process);
    if (idle.isEmpty()) {
      replaceLater();
    }
  }

  private void replaceLater() {
    try {
      workers.execute(
          () -> {
            try {
              if (all.size() < settings.processes()) {
                idle.addFirst(start());
              }
            } catch (LineProcess.Late | LineProcess.Ended e) {
              // the next answer tries again and tells the cause
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    } catch (RejectedExecutionException e) {
      // closed: nothing is to be replaced
    }
  }

  private LineProcess start() throws LineProcess.Late, LineProcess.Ended, InterruptedException {
    LineProcess process = LineProcess.start(command());
    all.add(process);
    if (closed) {
      process.close();
    }
    try {
      process.answer(START_LIMIT);
      return process;
    } catch (LineProcess.Late | LineProcess.Ended | InterruptedException e) {
      all.remove(process);
      throw e;
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + settings.megabytes() + "m",
            "-Xss4m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ScoringProcess.class.getName());
    command.add(settings.cascade() ? "cascade" : "plain");
    settings.data().ifPresent(d -> command.add(d.toAbsolutePath().toString()));
    return command;
  }

  /** The numbers of the processes that run, for those who watch over them. */
  public List<Long> pids() {
    return all.stream().filter(LineProcess::isAlive).map(LineProcess::pid).toList();
  }

  @Override
  public void close() {
    closed = true;
    workers.shutdownNow();
    all.forEach(LineProcess::close);
  }
}
