package io.amalgam.actors.generator;

import java.util.concurrent.Semaphore;

/**
 * The right to compute on a device: one holder at a time, in the order of asking.
 *
 * <p>Two native computations with all threads each are several times slower together than one after
 * the other, so those of one JVM that share a device take turns. Thread-safe.
 */
public final class ComputePermit {
  private final Semaphore permit = new Semaphore(1, true);

  /** The holder's claim; closing gives the permit back. */
  public interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for the permit; not interruptible, since every holder gives it back soon. */
  public Claim claim() {
    permit.acquireUninterruptibly();
    return permit::release;
  }

  /** Whether somebody waits for the permit. */
  public boolean contended() {
    return permit.hasQueuedThreads();
  }
}
