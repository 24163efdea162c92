package io.amalgam.actors.cli;

/** What the process says to its caller when it ends. */
enum ExitCode {
  /** The verb did what it was asked. */
  DONE(0),
  /** The run started and failed. */
  FAILED(1),
  /** Bad usage or configuration: nothing was started, nothing written. */
  USAGE(2),
  /** No checkpoint to resume from, or no model where one was expected. */
  MISSING(3),
  /** Interrupted, after a clean checkpoint. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
