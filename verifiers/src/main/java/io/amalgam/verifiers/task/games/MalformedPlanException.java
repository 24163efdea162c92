package io.amalgam.verifiers.task.games;

/** A plan whose shape does not allow to carry it out. */
final class MalformedPlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedPlanException(String message) {
    super(message);
  }
}
