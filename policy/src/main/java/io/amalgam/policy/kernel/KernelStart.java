package io.amalgam.policy.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native library and compiles the kernels of a device beside other work, since that takes
 * as long as reading a small model. Whoever needs them meanwhile waits for them.
 */
public final class KernelStart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KernelStart.class);

  private final Thread thread;

  private KernelStart(Thread thread) {
    this.thread = thread;
  }

  /** Begins; what goes wrong is thrown where the kernels are first used. */
  public static KernelStart on(String device) {
    Thread thread = new Thread(() -> load(device), "kernel-start");
    thread.setDaemon(true);
    thread.start();
    return new KernelStart(thread);
  }

  private static void load(String device) {
    try {
      KernelModule.on(device);
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("the kernels could not be loaded yet", e);
    }
  }

  /** Waits until the library is loaded: a process must not end while it is. */
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
