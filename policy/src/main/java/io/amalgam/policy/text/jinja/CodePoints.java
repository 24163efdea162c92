package io.amalgam.policy.text.jinja;

/** Texts as sequences of Unicode code points, as Python counts them. */
public final class CodePoints {
  private CodePoints() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The UTF-16 offset of a code point position. */
  static int offset(String text, int position) {
    return text.offsetByCodePoints(0, position);
  }

  static boolean simple(String text) {
    return length(text) == text.length();
  }

  static String slice(String text, int from, int to) {
    return simple(text)
        ? text.substring(from, to)
        : text.substring(offset(text, from), offset(text, to));
  }

  static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        // A surrogate stands for a code point above all other units.
        boolean x = Character.isSurrogate(a.charAt(i));
        boolean y = Character.isSurrogate(b.charAt(i));
        return x != y ? (x ? 1 : -1) : Character.compare(a.charAt(i), b.charAt(i));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Whether Python's {@code str.isspace} and {@code \s} count the character as a space. */
  static boolean space(int c) {
    return (c >= 9 && c <= 13)
        || (c >= 0x1C && c <= 0x20)
        || c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** The text without white space at both ends, as Python's {@code str.strip} counts it. */
  public static String strip(String text) {
    return stripEnd(stripStart(text));
  }

  static String stripStart(String text) {
    int from = 0;
    while (from < text.length() && space(text.charAt(from))) {
      from++;
    }
    return text.substring(from);
  }

  /** The text without white space at its end, as Python's {@code str.rstrip} counts it. */
  public static String stripEnd(String text) {
    int to = text.length();
    while (to > 0 && space(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  static String stripStart(String text, String letters) {
    int from = 0;
    while (from < text.length() && letters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    return text.substring(from);
  }

  static String stripEnd(String text, String letters) {
    int to = text.length();
    while (to > 0 && letters.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(0, to);
  }

  static boolean lineBreak(char c) {
    return (c >= 0x0A && c <= 0x0D)
        || (c >= 0x1C && c <= 0x1E)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}
