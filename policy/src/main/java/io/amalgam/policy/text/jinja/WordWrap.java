package io.amalgam.policy.text.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines no longer than a width, broken at white space, after hyphens between letters, or, if need
 * be, within words.
 */
final class WordWrap {
  private static final Pattern WORDS =
      Pattern.compile("[\\t\\n\\x0b\\f\\r ]+|[^\\t\\n\\x0b\\f\\r ]+");
  private static final Pattern HYPHENATED =
      Pattern.compile(
          "[^\\t\\n\\x0b\\f\\r ]*?[\\p{L}_]{2}-(?=\\p{L}{2}|\\p{L}-)|[^\\t\\n\\x0b\\f\\r ]+|[\\t\\n\\x0b\\f\\r ]+");

  private WordWrap() {}

  static List<String> lines(String text, int width, boolean breakWords, boolean breakHyphens) {
    Deque<String> chunks = new ArrayDeque<>();
    Matcher matcher = (breakHyphens ? HYPHENATED : WORDS).matcher(text);
    while (matcher.find()) {
      chunks.add(matcher.group());
    }
    List<String> lines = new ArrayList<>();
    while (!chunks.isEmpty()) {
      if (chunks.element().isBlank() && !lines.isEmpty()) {
        chunks.remove();
        continue;
      }
      List<String> line = new ArrayList<>();
      int length = 0;
      while (!chunks.isEmpty() && length + CodePoints.length(chunks.element()) <= width) {
        length += CodePoints.length(chunks.element());
        line.add(chunks.remove());
      }
      if (!chunks.isEmpty() && CodePoints.length(chunks.element()) > width) {
        String longWord = chunks.remove();
        int room = Math.max(1, width - length);
        if (breakWords) {
          line.add(CodePoints.slice(longWord, 0, room));
          chunks.push(CodePoints.slice(longWord, room, CodePoints.length(longWord)));
        } else if (line.isEmpty()) {
          line.add(longWord);
        } else {
          chunks.push(longWord);
        }
      }
      if (!line.isEmpty() && line.get(line.size() - 1).isBlank()) {
        line.remove(line.size() - 1);
      }
      if (!line.isEmpty()) {
        lines.add(String.join("", line));
      }
    }
    return lines;
  }
}
