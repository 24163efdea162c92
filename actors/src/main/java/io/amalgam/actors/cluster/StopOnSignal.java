package io.amalgam.actors.cluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGINT and SIGTERM into a clean end of a run: compute threads are joined and a checkpoint is
 * written before the process ends with the outcome's exit code.
 *
 * <p>A JVM that is told to stop runs its shutdown hooks and then exits with the signal's own code;
 * the hook here ends the process itself once the run is down.
 */
public final class StopOnSignal {
  private static final Logger LOG = LoggerFactory.getLogger(StopOnSignal.class);

  private final Thread hook;

  private StopOnSignal(Thread hook) {
    this.hook = hook;
  }

  /**
   * Watches over a run.
   *
   * @param beforeExit called when the run is down, before the process ends; may print
   */
  public static StopOnSignal watch(RunHandle run, Runnable beforeExit) {
    Thread hook =
        new Thread(
            () -> {
              run.interrupt();
              try {
                RunOutcome outcome = run.await();
                beforeExit.run();
                Runtime.getRuntime().halt(outcome.ending().exitCode());
              } catch (InterruptedException | RuntimeException e) {
                LOG.error("the run did not come down cleanly", e);
              }
            },
            "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopOnSignal(hook);
  }

  /** The run is over: signals mean again what they always do. */
  public void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending already", e);
    }
  }
}
