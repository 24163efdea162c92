package io.amalgam.actors.cli;

import io.amalgam.actors.cluster.RunHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What Ctrl-C and SIGTERM do: ask the run, or the verb's own work, to stop.
 *
 * <p>The verb then ends in its own time: checkpoint written, compute threads joined, exit code 130.
 * A shutdown hook would not do: the JVM must not start to exit while a native call computes, and
 * libraries refuse work once it has.
 *
 * <p>Signals are handled from construction to {@link #close()}.
 */
final class Interruption implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Thread worker = Thread.currentThread();
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private Optional<RunHandle> run = Optional.empty();
  private boolean requested;

  /** Listens for interruptions on behalf of the calling thread. */
  Interruption() {
    for (String name : SIGNALS) {
      Signal signal = new Signal(name);
      before.put(signal, Signal.handle(signal, s -> request()));
    }
  }

  /** What a signal does. */
  synchronized void request() {
    requested = true;
    if (run.isPresent()) {
      run.get().interrupt();
    } else {
      worker.interrupt();
    }
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
  }

  synchronized boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
