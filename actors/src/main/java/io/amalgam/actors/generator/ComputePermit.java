package io.amalgam.actors.generator;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The right to compute on a device: as many holders at a time as the device has room for, in the
 * order of asking.
 *
 * <p>Two native computations with all threads each are several times slower together than one after
 * the other, so those of one JVM that share a device take turns. With fewer threads each, several
 * fit side by side. Thread-safe.
 */
public final class ComputePermit {
  private final Semaphore permit;
  private final Queue<Holder> holders = new ConcurrentLinkedQueue<>();

  /** A device with room for so many computations at a time, at least 1. */
  public ComputePermit(int holders) {
    permit = new Semaphore(holders, true);
  }

  /** The permit of a device: cores divided by threads on a processor, one holder elsewhere. */
  public static ComputePermit of(String device, int threads) {
    boolean processor = device.equals("cpu");
    int cores = Runtime.getRuntime().availableProcessors();
    return new ComputePermit(processor ? Math.max(1, cores / threads) : 1);
  }

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
    Holder holder = new Holder(name, System.nanoTime());
    holders.add(holder);
    return () -> {
      holders.remove(holder);
      permit.release();
    };
  }

  /** Who has had the permit longest among those that have it at this moment. */
  public Optional<Holder> holder() {
    return Optional.ofNullable(holders.peek());
  }

  /** Whether somebody waits for the permit. */
  public boolean contended() {
    return permit.hasQueuedThreads();
  }
}
