package io.amalgam.verifiers.python.expression;

/** A text is no expression, or its value is not a real number. */
final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  private ExpressionException(String message, boolean tooLarge) {
    super(message, null, false, false);
    this.tooLarge = tooLarge;
  }

  static ExpressionException invalid(String message) {
    return new ExpressionException(message, false);
  }

  /** A number on the way has more digits than are computed. */
  static ExpressionException tooLarge() {
    return new ExpressionException("number too large", true);
  }

  boolean isTooLarge() {
    return tooLarge;
  }
}
