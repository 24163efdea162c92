package io.amalgam.verifiers.python;

/**
 * A random draw from nothing: an empty list, an empty range or a sample larger than its population.
 */
public final class EmptyDrawException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A draw that cannot succeed, and why. */
  public EmptyDrawException(String message) {
    super(message);
  }
}
