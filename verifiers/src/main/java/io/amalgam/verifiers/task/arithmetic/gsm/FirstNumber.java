package io.amalgam.verifiers.task.arithmetic.gsm;

import io.amalgam.verifiers.python.PythonText;
import java.util.Optional;

/**
 * Finds the first number in a text that stands for itself: digits, with decimals or without, that
 * no letter, digit or underscore touches.
 *
 * <p>A minus sign counts only directly after a letter, digit or underscore: the original asks for a
 * word's edge before the sign.
 */
final class FirstNumber {
  private final String text;

  private FirstNumber(String text) {
    this.text = text;
  }

  /** The number; empty if there is none. */
  static Optional<String> in(String text) {
    return new FirstNumber(text).find();
  }

  private Optional<String> find() {
    int position = 0;
    boolean afterWord = false;
    while (position < text.length()) {
      int character = text.codePointAt(position);
      int digits = position;
      boolean edge = !afterWord;
      if (character == '-' && afterWord) {
        digits++;
        edge = true;
      }
      int end = edge ? numberEnd(digits) : digits;
      if (end > digits) {
        return Optional.of(text.substring(position, end));
      }
      int next =
          isDigit(position) ? digitsEnd(position) : position + Character.charCount(character);
      afterWord = PythonText.isWord(text.codePointBefore(next));
      position = next;
    }
    return Optional.empty();
  }

  /** Where a number that starts at a position ends; the position itself if none starts there. */
  private int numberEnd(int start) {
    int whole = digitsEnd(start);
    if (whole == start) {
      return start;
    }
    if (whole < text.length() && text.charAt(whole) == '.') {
      int decimals = digitsEnd(whole + 1);
      return decimals > whole + 1 && !isWord(decimals) ? decimals : whole;
    }
    return isWord(whole) ? start : whole;
  }

  private int digitsEnd(int start) {
    int end = start;
    while (isDigit(end)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private boolean isDigit(int position) {
    return position < text.length() && PythonText.decimalDigit(text.codePointAt(position)) >= 0;
  }

  private boolean isWord(int position) {
    return position < text.length() && PythonText.isWord(text.codePointAt(position));
  }
}
