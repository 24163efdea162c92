package io.amalgam.policy.text.jinja;

/** A template that cannot be parsed or rendered. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** The template is not Jinja. */
    SYNTAX,
    /** The template called {@code raise_exception}; the message is the template's own. */
    RAISED,
    /** A value does not allow what the template does with it. */
    TYPE,
    /** The template asked for more work, memory or output than it may have. */
    LIMIT
  }

  private final Kind kind;

  /** An error of the given kind. */
  public JinjaException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  static JinjaException type(String message) {
    return new JinjaException(Kind.TYPE, message);
  }

  static JinjaException limit(String message) {
    return new JinjaException(Kind.LIMIT, message);
  }

  static JinjaException syntax(String message, int line) {
    return new JinjaException(Kind.SYNTAX, message + " (line " + line + ")");
  }
}
