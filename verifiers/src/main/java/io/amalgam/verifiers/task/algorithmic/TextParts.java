package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonText;
import java.util.ArrayList;
import java.util.List;

/** Texts taken apart as Python does. */
final class TextParts {
  private TextParts() {}

  /** What stands between runs of white space ({@code str.split()}). */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      // Every space of Python lies in the basic plane, so chars suffice.
      boolean space = i == text.length() || PythonText.isSpace(text.charAt(i));
      if (space && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!space && start < 0) {
        start = i;
      }
    }
    return words;
  }
}
