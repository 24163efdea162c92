package io.amalgam.actors.cli;

import io.amalgam.actors.cluster.RunHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and SIGTERM do: ask the run to stop, wait until it has made its checkpoint and all
 * compute threads are joined, then end the process with exit code 130.
 *
 * <p>The JVM must not exit while a native call computes; so the hook waits for the verb to finish
 * and halts only then.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "amalgam-interrupt");
  private Optional<RunHandle> run = Optional.empty();
  private boolean requested;

  /** Listens for interruptions on behalf of the calling thread. */
  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** From now on an interruption stops this run instead of the calling thread. */
  synchronized void stops(RunHandle handle) {
    run = Optional.of(handle);
    if (requested) {
      handle.interrupt();
    }
  }

  /** From now on an interruption stops the calling thread. */
  synchronized void stopsWorker() {
    run = Optional.empty();
    if (requested) {
      worker.interrupt();
    }
  }

  synchronized boolean requested() {
    return requested;
  }

  private void stop() {
    synchronized (this) {
      requested = true;
      if (run.isPresent()) {
        run.get().interrupt();
      } else {
        worker.interrupt();
      }
    }
    try {
      boolean clean = finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Runtime.getRuntime().halt(clean ? ExitCode.INTERRUPTED.code() : ExitCode.FAILED.code());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The verb has printed and closed everything. */
  @Override
  public void close() {
    finished.countDown();
    if (!requested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The shutdown began this very moment: the hook ends the process.
        return;
      }
    }
  }
}
