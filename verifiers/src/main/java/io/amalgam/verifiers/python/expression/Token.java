package io.amalgam.verifiers.python.expression;

/**
 * A piece of an expression's text.
 *
 * @param kind what it is
 * @param text the characters
 */
record Token(Kind kind, String text) {
  enum Kind {
    NUMBER,
    NAME,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}
