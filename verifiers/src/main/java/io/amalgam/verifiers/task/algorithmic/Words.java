package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** How the word tasks cut a text into words, tell kinds of words apart and order them. */
final class Words {
  /** Python's order of texts: by code points, where Java compares UTF-16 units. */
  static final Comparator<String> BY_CODE_POINT = Words::compare;

  private Words() {}

  /** The longest runs of word characters, in order; the regular expression {@code \b\w+\b}. */
  static List<String> runs(String text) {
    return pieces(text, codePoint -> !PythonText.isWord(codePoint));
  }

  /** The pieces between white space ({@code str.split()}). */
  static List<String> split(String text) {
    return pieces(text, PythonText::isSpace);
  }

  private static List<String> pieces(String text, IntPredicate separates) {
    List<String> pieces = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (separates.test(codePoint)) {
        if (start >= 0) {
          pieces.add(text.substring(start, i));
        }
        start = -1;
      } else if (start < 0) {
        start = i;
      }
      i += Character.charCount(codePoint);
    }
    if (start >= 0) {
      pieces.add(text.substring(start));
    }
    return pieces;
  }

  /**
   * The pieces between occurrences of a separator, empty ones too ({@code str.split(separator)}).
   */
  static List<String> splitAt(String text, String separator) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator);
        end >= 0;
        start = end + separator.length(), end = text.indexOf(separator, start)) {
      pieces.add(text.substring(start, end));
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  /** Whether there are letters only ({@code str.isalpha}). */
  static boolean isAlphabetic(String word) {
    return !word.isEmpty() && word.codePoints().allMatch(Character::isLetter);
  }

  /** Whether there are letters and numerals only ({@code str.isalnum}). */
  static boolean isAlphanumeric(String word) {
    return !word.isEmpty() && word.codePoints().allMatch(c -> c != '_' && PythonText.isWord(c));
  }

  private static int compare(String one, String other) {
    int shared = Math.min(one.length(), other.length());
    for (int i = 0; i < shared; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // Surrogates stand for code points above all others.
        boolean high = Character.isSurrogate(a);
        return high == Character.isSurrogate(b) ? Character.compare(a, b) : high ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
