package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonText;
import java.util.ArrayList;
import java.util.List;

/** The words of a text as Python's {@code str.split()} finds them. */
final class Tokens {
  private Tokens() {}

  /** The longest pieces without white space. */
  static List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || PythonText.isSpace(text.charAt(i))) {
        if (i > start) {
          tokens.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return tokens;
  }
}
