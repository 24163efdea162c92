package io.amalgam.verifiers.algebra;

/** An expression has no meaning here, or working with it costs more than is allowed. */
public final class AlgebraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AlgebraException(String message) {
    super(message, null, false, false);
  }
}
