package io.amalgam.verifiers.python;

import java.util.List;
import java.util.Locale;

/** What Python's {@code repr} writes for texts and lists of texts. */
public final class PythonRepr {
  private static final int FIRST_ABOVE_LATIN_1 = 0x100;
  private static final int FIRST_ABOVE_BASIC_PLANE = 0x10000;

  private PythonRepr() {}

  /**
   * A text in single quotes, or in double ones if only single quotes occur in it; what cannot be
   * printed is escaped.
   */
  public static String ofString(String text) {
    StringBuilder written = new StringBuilder(text.length() + 2);
    append(text, written);
    return written.toString();
  }

  private static void append(String text, StringBuilder written) {
    if (isPlain(text)) {
      written.append('\'').append(text).append('\'');
      return;
    }
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    written.append(quote);
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint == quote || codePoint == '\\') {
        written.append('\\').append((char) codePoint);
      } else if (isPrintable(codePoint)) {
        written.appendCodePoint(codePoint);
      } else {
        written.append(escape(codePoint));
      }
    }
    written.append(quote);
  }

  /** Whether a text is printable ASCII without quotes and backslashes, as most are. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '\'' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** A list of texts: {@code ['a', 'b']}. */
  public static String ofStrings(List<String> texts) {
    if (texts.isEmpty()) {
      return "[]";
    }
    StringBuilder written = new StringBuilder("[");
    for (int i = 0; i < texts.size(); i++) {
      written.append(i == 0 ? "" : ", ");
      append(texts.get(i), written);
    }
    return written.append(']').toString();
  }

  private static String escape(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        String format =
            codePoint < FIRST_ABOVE_LATIN_1
                ? "\\x%02x"
                : codePoint < FIRST_ABOVE_BASIC_PLANE ? "\\u%04x" : "\\U%08x";
        yield String.format(Locale.ROOT, format, codePoint);
      }
    };
  }

  /** Whether {@code str.isprintable} holds: no control, no separator but the plain space. */
  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }
}
