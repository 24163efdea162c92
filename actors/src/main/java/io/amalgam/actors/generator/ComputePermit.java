package io.amalgam.actors.generator;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The right to compute on a device: one holder at a time, in the order of asking.
 *
 * <p>Two native computations with all threads each are several times slower together than one after
 * the other, so those of one JVM that share a device take turns. Thread-safe.
 */
public final class ComputePermit {
  private final Semaphore permit = new Semaphore(1, true);
  private volatile Optional<Holder> holder = Optional.empty();

  /**
   * Who has the permit.
   *
   * @param since {@link System#nanoTime} when it was given
   */
  public record Holder(String name, long since) {}

  /** The holder's claim; closing gives the permit back. */
  public interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for the permit; not interruptible, since every holder gives it back soon.
   *
   * @param name who asks, for people
   */
  public Claim claim(String name) {
    permit.acquireUninterruptibly();
    holder = Optional.of(new Holder(name, System.nanoTime()));
    return () -> {
      holder = Optional.empty();
      permit.release();
    };
  }

  /** Who has the permit at this moment. */
  public Optional<Holder> holder() {
    return holder;
  }

  /** Whether somebody waits for the permit. */
  public boolean contended() {
    return permit.hasQueuedThreads();
  }
}
