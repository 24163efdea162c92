package io.amalgam.policy.text.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with the white space rules of {@code trim_blocks} and {@code
 * lstrip_blocks}.
 *
 * <p>The first newline after a block tag or comment goes; blanks before one that starts a line go,
 * unless it says {@code +}; a {@code -} takes all white space on its side. One newline at the very
 * end of the template goes.
 */
final class Lexer {
  private static final String SPACE =
      "[\\x09-\\x0d\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  private static final Pattern OPENING = Pattern.compile("\\{\\{|\\{%|\\{#");
  private static final Pattern RAW =
      Pattern.compile("\\{%[-+]?" + SPACE + "*raw" + SPACE + "*(?:-%\\}" + SPACE + "*|%\\})");
  private static final Pattern END_RAW =
      Pattern.compile(
          "\\{%([-+]?)" + SPACE + "*endraw" + SPACE + "*(?:\\+%\\}|-%\\}" + SPACE + "*|%\\}\\n?)");
  private static final Pattern END_COMMENT =
      Pattern.compile("\\+#\\}|-#\\}" + SPACE + "*|#\\}\\n?");
  private static final Pattern END_BLOCK = Pattern.compile("\\+%\\}|-%\\}" + SPACE + "*|%\\}\\n?");
  private static final Pattern END_VARIABLE = Pattern.compile("-\\}\\}" + SPACE + "*|\\}\\}");
  private static final Pattern BLANK = Pattern.compile(SPACE + "+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final Pattern NAME = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern STRING =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private boolean lineStarting = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    if (source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1);
    }
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    Matcher opening = OPENING.matcher(source);
    while (opening.find(at)) {
      String tag = opening.group();
      int start = opening.start();
      char control = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
      data(source.substring(at, start), control, tag.equals("{{"));
      Matcher raw = RAW.matcher(source).region(start, source.length());
      if (tag.equals("{%") && raw.lookingAt()) {
        move(raw.end());
        raw();
        continue;
      }
      move(control == '-' || control == '+' ? start + 3 : start + 2);
      lineStarting = false;
      if (tag.equals("{#")) {
        Matcher end = END_COMMENT.matcher(source);
        if (end.find(at)) {
          move(end.end());
        } else if (at < source.length()) {
          throw JinjaException.syntax("Missing end of comment tag", line);
        }
      } else if (tag.equals("{%")) {
        tokens.add(Token.of(Token.Kind.BLOCK_BEGIN, tag, line));
        inside(END_BLOCK, Token.Kind.BLOCK_END);
      } else {
        tokens.add(Token.of(Token.Kind.VARIABLE_BEGIN, tag, line));
        inside(END_VARIABLE, Token.Kind.VARIABLE_END);
      }
    }
    if (at < source.length()) {
      tokens.add(Token.of(Token.Kind.DATA, source.substring(at), line));
      move(source.length());
    }
    tokens.add(Token.of(Token.Kind.END, "", line));
  }

  private void move(int to) {
    for (int i = at; i < to; i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    lineStarting = to > 0 && to > at ? source.charAt(to - 1) == '\n' : lineStarting;
    at = to;
  }

  /** Adds the text before a tag, shortened as the tag's sign asks. */
  private void data(String text, char control, boolean variable) {
    String kept = text;
    if (control == '-') {
      kept = CodePoints.stripEnd(text);
    } else if (control != '+' && !variable) {
      int from = text.lastIndexOf('\n') + 1;
      if ((from > 0 || lineStarting) && CodePoints.stripStart(text.substring(from)).isEmpty()) {
        kept = text.substring(0, from);
      }
    }
    if (!kept.isEmpty()) {
      tokens.add(Token.of(Token.Kind.DATA, kept, line));
    }
  }

  private void raw() {
    Matcher end = END_RAW.matcher(source);
    if (!end.find(at)) {
      if (at == source.length()) {
        // Jinja looks for the end only where something follows
        return;
      }
      throw JinjaException.syntax("Missing end of raw directive", line);
    }
    char control = end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0);
    data(source.substring(at, end.start()), control, false);
    move(end.end());
  }

  /** The tokens of one tag up to its end; closing signs inside brackets do not end it. */
  private void inside(Pattern end, Token.Kind endKind) {
    Deque<Character> open = new ArrayDeque<>();
    while (at < source.length()) {
      Matcher closing = at(end);
      if (open.isEmpty() && closing.lookingAt()) {
        tokens.add(Token.of(endKind, closing.group(), line));
        move(closing.end());
        return;
      }
      Matcher blank = at(BLANK);
      if (blank.lookingAt()) {
        move(blank.end());
      } else {
        one(open);
      }
    }
  }

  private Matcher at(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length());
  }

  private void one(Deque<Character> open) {
    Matcher m = at(FLOAT);
    if ((at == 0 || source.charAt(at - 1) != '.') && m.lookingAt()) {
      add(Token.Kind.NUMBER, m, Double.parseDouble(m.group().replace("_", "")));
    } else if ((m = at(INTEGER)).lookingAt()) {
      add(Token.Kind.INTEGER, m, Literals.integer(m.group()));
    } else if ((m = at(NAME)).lookingAt()) {
      if (!identifier(m.group())) {
        throw JinjaException.syntax("Invalid character in identifier", line);
      }
      add(Token.Kind.NAME, m, None.NONE);
    } else if ((m = at(STRING)).lookingAt()) {
      add(Token.Kind.STRING, m, Literals.text(m.group(), line));
    } else if ((m = at(OPERATOR)).lookingAt()) {
      balance(m.group(), open);
      add(Token.Kind.OPERATOR, m, None.NONE);
    } else {
      throw JinjaException.syntax(
          "unexpected char " + Repr.quoted(Character.toString(source.codePointAt(at))), line);
    }
  }

  private void add(Token.Kind kind, Matcher match, Object value) {
    tokens.add(new Token(kind, match.group(), value, line));
    move(match.end());
  }

  private static boolean identifier(String name) {
    return (name.codePointAt(0) == '_' || Character.isUnicodeIdentifierStart(name.codePointAt(0)))
        && name.codePoints().allMatch(Character::isUnicodeIdentifierPart);
  }

  private void balance(String operator, Deque<Character> open) {
    switch (operator) {
      case "(" -> open.push(')');
      case "[" -> open.push(']');
      case "{" -> open.push('}');
      case ")", "]", "}" -> {
        if (open.isEmpty()) {
          throw JinjaException.syntax("unexpected '" + operator + "'", line);
        }
        char expected = open.pop();
        if (expected != operator.charAt(0)) {
          throw JinjaException.syntax(
              "unexpected '" + operator + "', expected '" + expected + "'", line);
        }
      }
      default -> {}
    }
  }
}
