package io.amalgam.verifiers.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Facts about Python's {@code str}: what is white space, a digit, a word character; lengths in code
 * points.
 */
public final class PythonText {
  private static final int FIRST_SEPARATOR = 0x1c;
  private static final int LAST_SEPARATOR = 0x1f;

  private PythonText() {}

  /**
   * Whether {@code str.isspace} and the regular-expression class {@code \s} hold for a code point.
   */
  public static boolean isSpace(int codePoint) {
    return (codePoint >= 0x09 && codePoint <= 0x0d)
        || (codePoint >= 0x1c && codePoint <= 0x20)
        || codePoint == 0x85
        || codePoint == 0xa0
        || codePoint == 0x1680
        || (codePoint >= 0x2000 && codePoint <= 0x200a)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || codePoint == 0x202f
        || codePoint == 0x205f
        || codePoint == 0x3000;
  }

  /** Whether the class {@code \w} holds: letters, all kinds of numerals, underscore. */
  public static boolean isWord(int codePoint) {
    int type = Character.getType(codePoint);
    return codePoint == '_'
        || Character.isLetter(codePoint)
        || type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** The value 0–9 of a decimal digit of any script, or -1. */
  public static int decimalDigit(int codePoint) {
    return Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER
        ? Character.digit(codePoint, 10)
        : -1;
  }

  /** The text without white space at both ends ({@code str.strip()}). */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    // Every space of Python lies in the basic plane, so chars suffice.
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The words between white space ({@code str.split()}). */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= text.length(); end++) {
      if (end == text.length() || isSpace(text.charAt(end))) {
        if (end > start) {
          words.add(text.substring(start, end));
        }
        start = end + 1;
      }
    }
    return words;
  }

  /**
   * The text as {@code int} and {@code float} trim it: unlike {@link #strip}, the four ASCII
   * separators (0x1c to 0x1f) stay and make the text no number.
   */
  public static String stripAroundNumber(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpaceAroundNumber(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpaceAroundNumber(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpaceAroundNumber(int codePoint) {
    return isSpace(codePoint) && (codePoint < FIRST_SEPARATOR || codePoint > LAST_SEPARATOR);
  }

  /** The number of code points ({@code len}). */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text with every decimal digit as ASCII, or empty if it has another non-ASCII character. */
  static Optional<String> asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint < 0x80) {
        ascii.append((char) codePoint);
      } else {
        int digit = decimalDigit(codePoint);
        if (digit < 0) {
          return Optional.empty();
        }
        ascii.append((char) ('0' + digit));
      }
    }
    return Optional.of(ascii.toString());
  }
}
