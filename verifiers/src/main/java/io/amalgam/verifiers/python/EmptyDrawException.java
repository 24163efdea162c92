package io.amalgam.verifiers.python;

/**
 * A random draw from nothing: an empty list, an empty range or a sample larger than its population.
 */
public final class EmptyDrawException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmptyDrawException(String message) {
    super(message);
  }
}
