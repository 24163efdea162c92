package io.amalgam.verifiers.answer;

import io.amalgam.verifiers.python.PythonText;

/**
 * The form a completion should have: thinking, one {@code </think>}, then {@code
 * <answer>…</answer>} to the end.
 */
public final class CompletionFormat {
  private static final String END_OF_THINKING = "</think>";
  private static final String OPENING = "<answer>";
  private static final String CLOSING = "</answer>";

  private CompletionFormat() {}

  /**
   * Whether a completion has the form: exactly one {@code </think>} and after it exactly one pair
   * of answer tags with nothing but white space around.
   *
   * @param completion the generated text, without the stop token
   */
  public static boolean holds(String completion) {
    int end = completion.indexOf(END_OF_THINKING);
    if (end < 0 || completion.indexOf(END_OF_THINKING, end + 1) >= 0) {
      return false;
    }
    String rest = PythonText.strip(completion.substring(end + END_OF_THINKING.length()));
    return rest.startsWith(OPENING)
        && rest.indexOf(OPENING, OPENING.length()) < 0
        && rest.length() >= OPENING.length() + CLOSING.length()
        && rest.indexOf(CLOSING) == rest.length() - CLOSING.length();
  }
}
