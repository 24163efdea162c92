package io.amalgam.actors.learner;

/** A checkpoint cannot be written or read; the message names directory and cause. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for a person. */
  public CheckpointException(String message) {
    super(message);
  }

  /** With a message for a person and what led to it. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
