package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.PythonText;
import java.util.Optional;

/**
 * Reads the text of an expression into a tree, with Python's precedence and without running code.
 *
 * <p>For those who give names a meaning of their own, such as unknowns.
 */
public final class ExpressionText {
  private ExpressionText() {}

  /** The tree, or empty if the text is no expression. Takes time linear in the text. */
  public static Optional<Node> parse(String text) {
    try {
      return Optional.of(Parser.parse(Lexer.tokens(PythonText.strip(text))));
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }

  /**
   * What stands between the quotes of a text that is one plain string literal; empty for any other
   * text.
   */
  public static Optional<String> quoted(String text) {
    String stripped = PythonText.strip(text);
    if (stripped.length() < 2
        || (stripped.charAt(0) != '\'' && stripped.charAt(0) != '"')
        || stripped.charAt(0) != stripped.charAt(stripped.length() - 1)) {
      return Optional.empty();
    }
    String inner = stripped.substring(1, stripped.length() - 1);
    boolean plain =
        inner.indexOf(stripped.charAt(0)) < 0 && inner.indexOf('\\') < 0 && inner.indexOf('\n') < 0;
    return plain ? Optional.of(inner) : Optional.empty();
  }
}
