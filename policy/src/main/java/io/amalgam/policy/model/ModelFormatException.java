package io.amalgam.policy.model;

/** A model directory or tensor file that cannot be used; the message names file and reason. */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with that message. */
  public ModelFormatException(String message) {
    super(message);
  }

  /** An error with that message and the failure that caused it. */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
