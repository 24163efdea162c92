package io.amalgam.actors.cluster;

import io.amalgam.actors.settings.RunSettings;
import java.nio.file.Path;
import java.util.Set;

/** Starts runs: all roles in this JVM, or some roles of a cluster. */
public final class RunLauncher {
  private RunLauncher() {}

  /**
   * Starts a one-node run and returns at once.
   *
   * @param runDir an existing run directory; holds a checkpoint when {@code resume}
   * @param resume go on from the newest whole checkpoint
   */
  public static RunHandle startLocal(
      RunSettings settings, Path runDir, RunListener listener, boolean resume) {
    throw new UnsupportedOperationException();
  }

  /** Starts a one-node run and waits for its end. */
  public static RunOutcome runLocal(
      RunSettings settings, Path runDir, RunListener listener, boolean resume)
      throws InterruptedException {
    return startLocal(settings, runDir, listener, resume).await();
  }

  /**
   * Joins a cluster with the given roles ({@code learner}, {@code generator}, {@code verifier}) and
   * returns at once. Only the node with the role learner emits events and writes into {@code
   * runDir}.
   */
  public static RunHandle startRoles(
      RunSettings settings, Path runDir, Set<String> roles, RunListener listener, boolean resume) {
    throw new UnsupportedOperationException();
  }
}
