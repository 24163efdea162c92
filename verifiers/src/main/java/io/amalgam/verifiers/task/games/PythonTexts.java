package io.amalgam.verifiers.task.games;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of texts as Python prints them. */
final class PythonTexts {
  private PythonTexts() {}

  static String list(List<String> texts) {
    return texts.stream().map(PythonTexts::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A text in single quotes, or in double ones if it holds single and no double ones. */
  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder result = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> append(result, c, quote));
    return result.append(quote).toString();
  }

  private static void append(StringBuilder result, int codePoint, char quote) {
    switch (codePoint) {
      case '\n' -> result.append("\\n");
      case '\r' -> result.append("\\r");
      case '\t' -> result.append("\\t");
      default -> {
        if (codePoint == quote || codePoint == '\\') {
          result.append('\\').appendCodePoint(codePoint);
        } else if (isPrintable(codePoint)) {
          result.appendCodePoint(codePoint);
        } else if (codePoint < 0x100) {
          result.append(String.format("\\x%02x", codePoint));
        } else if (codePoint < 0x10000) {
          result.append(String.format("\\u%04x", codePoint));
        } else {
          result.append(String.format("\\U%08x", codePoint));
        }
      }
    }
  }

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
