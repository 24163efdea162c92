package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of one expression into tokens by the rules of Python 3.11. */
final class Lexer {
  private static final String DIGITS = "[0-9](?:_?[0-9])*+";

  /** Possessive throughout, so that matching is linear. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:(?:D)?+\\.D|D\\.?+)(?:[eE][-+]?+D)[jJ]?+|(?:D\\.(?:D)?+|\\.D)[jJ]?+|D[jJ]|0[xX](?:_?[0-9a-fA-F])++|0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0(?:_?0)*+|[1-9](?:_?[0-9])*+"
              .replace("D", DIGITS));

  /** Longest first. */
  private static final List<String> OPERATORS =
      List.of(
          "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "!!", "+", "-", "*", "/", "%", "(", ")",
          ",", "|", "^", "&", "~", "<", ">", "!");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int depth;
  private boolean lineEnded;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(PythonText.strip(text));
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    Matcher number = NUMBER.matcher(text);
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ' ' || c == '\t' || c == '\f') {
        position++;
      } else if (c == '\n' || c == '\r') {
        // A line break ends the expression unless it stands in parentheses or before the first
        // token.
        lineEnded |= depth == 0 && !tokens.isEmpty();
        position++;
      } else if (c == '\\' && position + 1 < text.length() && text.charAt(position + 1) == '\n') {
        position += 2;
      } else if (c == '#') {
        skipComment();
      } else if (number.region(position, text.length()).lookingAt()) {
        add(Token.Kind.NUMBER, number.group());
      } else if (PythonText.isWord(text.codePointAt(position))) {
        add(Token.Kind.NAME, word());
      } else {
        add(Token.Kind.OPERATOR, operator());
      }
    }
    lineEnded = false;
    add(Token.Kind.END, "");
  }

  private void skipComment() {
    while (position < text.length() && text.charAt(position) != '\n') {
      position++;
    }
  }

  private String word() {
    int end = position;
    while (end < text.length() && PythonText.isWord(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(position, end);
  }

  private String operator() {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, position)) {
        if (operator.equals("!") && position > 0 && PythonText.isSpace(text.charAt(position - 1))) {
          throw ExpressionException.invalid("a factorial sign stands directly after its operand");
        }
        depth += operator.equals("(") ? 1 : 0;
        depth -= operator.equals(")") ? 1 : 0;
        return operator;
      }
    }
    throw ExpressionException.invalid("character that no expression has");
  }

  private void add(Token.Kind kind, String token) {
    if (lineEnded) {
      throw ExpressionException.invalid("second line");
    }
    tokens.add(new Token(kind, token));
    position += token.length();
  }
}
