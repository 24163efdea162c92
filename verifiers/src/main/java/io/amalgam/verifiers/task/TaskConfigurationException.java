package io.amalgam.verifiers.task;

/**
 * A task, a field of it or a mix was configured wrongly; the message is one line that names the
 * cause and the remedy.
 */
public final class TaskConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a one-line message. */
  public TaskConfigurationException(String message) {
    super(message);
  }
}
