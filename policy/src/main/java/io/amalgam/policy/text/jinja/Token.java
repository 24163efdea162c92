package io.amalgam.policy.text.jinja;

/** A piece of a template: its kind, its text, the value of a literal, and the line it starts on. */
record Token(Kind kind, String text, Object value, int line) {
  enum Kind {
    DATA,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    NUMBER,
    INTEGER,
    OPERATOR,
    END
  }

  static Token of(Kind kind, String text, int line) {
    return new Token(kind, text, None.NONE, line);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  String described() {
    return switch (kind) {
      case END -> "end of template";
      case BLOCK_END -> "end of statement block";
      case VARIABLE_END -> "end of print statement";
      default -> text;
    };
  }
}
