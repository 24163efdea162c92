package io.amalgam.actors.cluster;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param ending what kind of end
 * @param steps optimiser steps taken in all
 * @param version last policy version
 * @param checkpoint the last checkpoint, when one was written
 * @param reason one line for a person; empty when the run simply did what was asked
 */
public record RunOutcome(
    Ending ending, int steps, long version, Optional<Path> checkpoint, String reason) {

  /** The kinds of end, with the exit code of each. */
  public enum Ending {
    /** Steps or minutes are used up. */
    DONE(0),
    /** It could not go on; {@link RunOutcome#reason()} says why. */
    FAILED(1),
    /** Asked to stop; a clean checkpoint was written. */
    INTERRUPTED(130);

    private final int exitCode;

    Ending(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public int exitCode() {
      return exitCode;
    }
  }
}
