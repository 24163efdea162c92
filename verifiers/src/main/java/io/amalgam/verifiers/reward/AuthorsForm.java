package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.python.PythonText;

/**
 * What the code of the MoT-G authors rewards beside correctness; only for reproducing their runs.
 *
 * <p>Two traps are part of it. The form must stand on one line up to {@code </think>}, while the
 * tags earn most on lines of their own, so that no text earns both. And a text that ends with
 * {@code </answer>} without a newline after it loses a thousandth per character of the whole text.
 */
final class AuthorsForm {
  private static final String END_THINK = "</think>";
  private static final String ANSWER = "<answer>";
  private static final String END_ANSWER = "</answer>";
  private static final double PER_CHARACTER = 0.001;
  private static final int FEW_WORDS = 200;
  private static final int MANY_WORDS = 400;

  private AuthorsForm() {}

  /** Thinking on one line, then an answer on one line, then the end. */
  static boolean ends(String text) {
    String body = text.stripTrailing();
    if (!body.endsWith(END_ANSWER)) {
      return false;
    }
    int close = body.length() - END_ANSWER.length();
    int line = body.indexOf('\n');
    int limit = line < 0 ? body.length() : line;
    int lastBreak = body.lastIndexOf('\n', close);
    for (int at = body.indexOf(END_THINK);
        at >= 0 && at < limit;
        at = body.indexOf(END_THINK, at + 1)) {
      int answer = at + END_THINK.length();
      while (answer < body.length() && PythonText.isSpace(body.charAt(answer))) {
        answer++;
      }
      int content = answer + ANSWER.length();
      if (body.startsWith(ANSWER, answer) && content <= close && lastBreak < content) {
        return true;
      }
    }
    return false;
  }

  /** More than 200 and fewer than 400 words. */
  static boolean wordy(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = PythonText.isSpace(text.charAt(i));
      words += !space && !inside ? 1 : 0;
      inside = !space;
    }
    return words > FEW_WORDS && words < MANY_WORDS;
  }

  /** Half a point for {@code </think>} on a line of its own, an eighth for each answer tag. */
  static double tags(String text) {
    double points = 0;
    if (count(text, "\n</think>\n") == 1) {
      points += 0.5;
    }
    if (count(text, "\n<answer>\n") == 1) {
      points += 0.125;
      points -= after(text, "\n</answer>\n") * PER_CHARACTER;
    }
    if (count(text, "\n</answer>") == 1) {
      points += 0.125;
      points -= (after(text, "\n</answer>") - 1) * PER_CHARACTER;
    }
    return points;
  }

  private static int count(String text, String part) {
    int n = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      n++;
    }
    return n;
  }

  /** Characters after the last occurrence; of the whole text if there is none. */
  private static int after(String text, String part) {
    int start = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, start)) {
      start = at + part.length();
    }
    return PythonText.length(text.substring(start));
  }
}
