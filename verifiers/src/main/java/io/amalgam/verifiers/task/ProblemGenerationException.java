package io.amalgam.verifiers.task;

/**
 * A configuration has no problem at a position: the generator gave up, or the reference
 * implementation fails there too.
 */
public final class ProblemGenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a one-line message that names the task and the cause. */
  public ProblemGenerationException(String message) {
    super(message);
  }
}
