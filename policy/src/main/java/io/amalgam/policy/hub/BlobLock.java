package io.amalgam.policy.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to fetch one blob, held by one thread of one process.
 *
 * <p>Between processes it is a lock on a file, which the system gives back when a process ends. A
 * Python program locks in another way ({@code flock}), but writes to a file name of its own and
 * renames it, so that both may at worst fetch the same bytes twice.
 */
final class BlobLock implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** Locks on files do not exclude threads of one process from each other. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;
  private final FileLock lock;

  private BlobLock(ReentrantLock thread, FileChannel channel, FileLock lock) {
    this.thread = thread;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Waits for the lock, as long as the other process gets on.
   *
   * @param growing the file that the other process writes
   * @param patience longest time without a byte more in it
   */
  static BlobLock take(
      Path file, Path growing, Duration patience, String what, FetchListener listener)
      throws IOException, InterruptedException {
    Path key = file.toAbsolutePath().normalize();
    Files.createDirectories(Optional.ofNullable(key.getParent()).orElse(key));
    ReentrantLock thread = THREADS.computeIfAbsent(key, k -> new ReentrantLock());
    Watch watch = new Watch(growing, patience, what, file, listener);
    while (!thread.tryLock(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
      watch.look();
    }
    try {
      FileChannel channel =
          FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        while (lock == null) {
          watch.look();
          Thread.sleep(LOOK_AGAIN.toMillis());
          lock = channel.tryLock();
        }
        return new BlobLock(thread, channel, lock);
      } catch (IOException | InterruptedException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      thread.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
      channel.close();
    } finally {
      thread.unlock();
    }
  }

  /** Whether the other process still gets on. */
  private static final class Watch {
    private final Path growing;
    private final Duration patience;
    private final String what;
    private final Path file;
    private final FetchListener listener;
    private long size = -1;
    private long since;
    private boolean told;

    Watch(Path growing, Duration patience, String what, Path file, FetchListener listener) {
      this.growing = growing;
      this.patience = patience;
      this.what = what;
      this.file = file;
      this.listener = listener;
      this.since = System.nanoTime();
    }

    void look() throws IOException {
      if (!told) {
        told = true;
        listener.waiting(what);
      }
      long now = Files.exists(growing) ? Files.size(growing) : 0;
      if (now != size) {
        size = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        throw new LocalFileException(
            new HubException(
                "another process has held "
                    + file
                    + " for "
                    + patience.toSeconds()
                    + " s without fetching a byte of "
                    + what,
                "end that process, or try again when it is done"));
      }
    }
  }
}
