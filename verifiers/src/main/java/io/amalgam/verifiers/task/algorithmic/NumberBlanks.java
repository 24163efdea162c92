package io.amalgam.verifiers.task.algorithmic;

import java.util.regex.Pattern;

/**
 * A long text with blanks for numbers, written {@code %d}; taken apart once, since a question is
 * made of it for every problem.
 */
final class NumberBlanks {
  private static final Pattern BLANK = Pattern.compile("%d");

  private final String[] parts;

  NumberBlanks(String text) {
    parts = BLANK.split(text, -1);
  }

  /** The text with as many numbers as it has blanks. */
  String filled(int... numbers) {
    StringBuilder text = new StringBuilder(parts[0]);
    for (int i = 0; i < numbers.length; i++) {
      text.append(numbers[i]).append(parts[i + 1]);
    }
    return text.toString();
  }
}
