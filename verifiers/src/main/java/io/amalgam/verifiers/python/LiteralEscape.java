package io.amalgam.verifiers.python;

/** The escape sequences of Python strings. */
final class LiteralEscape {
  private static final String SHORT = "\\'\"abfnrtv";
  private static final String MEANING = "\\'\"\u0007\b\f\n\r\t\u000b";

  private LiteralEscape() {}

  /**
   * Appends what the escape that begins at a backslash stands for; returns where it ends, or -1 if
   * it is malformed. Unknown escapes stand for themselves.
   */
  static int append(String text, int backslash, StringBuilder out) {
    int at = backslash + 1;
    if (at >= text.length()) {
      return -1;
    }
    char kind = text.charAt(at);
    int known = SHORT.indexOf(kind);
    if (known >= 0) {
      out.append(MEANING.charAt(known));
      return at + 1;
    }
    switch (kind) {
      case '\n':
        return at + 1;
      case 'x':
        return codePoint(text, at + 1, 2, out);
      case 'u':
        return codePoint(text, at + 1, 4, out);
      case 'U':
        return codePoint(text, at + 1, 8, out);
      case 'N':
        return -1;
      default:
        return kind >= '0' && kind <= '7' ? octal(text, at, out) : unknown(kind, at, out);
    }
  }

  private static int unknown(char kind, int at, StringBuilder out) {
    out.append('\\').append(kind);
    return at + 1;
  }

  private static int codePoint(String text, int start, int digits, StringBuilder out) {
    int end = start + digits;
    if (end > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    if (value > Character.MAX_CODE_POINT) {
      return -1;
    }
    out.appendCodePoint((int) value);
    return end;
  }

  private static int octal(String text, int start, StringBuilder out) {
    int at = start;
    int value = 0;
    while (at < text.length()
        && at < start + 3
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '7') {
      value = value * 8 + text.charAt(at++) - '0';
    }
    out.append((char) value);
    return at;
  }
}
