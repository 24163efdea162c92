package io.amalgam.actors.cluster;

import java.util.List;

/**
 * A run that is going on in this JVM. Thread-safe.
 *
 * <p>{@link #interrupt()} and {@link #await()} may be called from different threads, for example
 * from a shutdown hook.
 */
public interface RunHandle {

  /**
   * Asks the run to stop: compute threads end after the native call they are in, one checkpoint is
   * written, the outcome becomes {@link RunOutcome.Ending#INTERRUPTED}. Returns at once; a second
   * call changes nothing.
   */
  void interrupt();

  /**
   * Blocks until the run is over, all compute threads are joined and the actor system is down.
   *
   * @return how it ended
   * @throws InterruptedException when the waiting thread is interrupted; the run goes on
   */
  RunOutcome await() throws InterruptedException;

  /** Who waits for whom at this moment, longest wait first. */
  List<Wait> waits();
}
