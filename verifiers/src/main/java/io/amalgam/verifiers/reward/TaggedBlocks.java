package io.amalgam.verifiers.reward;

/**
 * The form that Reasoning-Gym's training rewards: the text begins with one block of thinking, which
 * one answer follows; anything may come after.
 */
final class TaggedBlocks {
  private static final String THINK = "<think>";
  private static final String END_THINK = "</think>";
  private static final String ANSWER = "<answer>";
  private static final String END_ANSWER = "</answer>";

  private TaggedBlocks() {}

  /** Whether a completion has the form. Its opening tag of thinking may be in the prompt. */
  static boolean hold(String completion) {
    String text = completion.stripLeading();
    text = text.startsWith(THINK) ? text : THINK + completion;
    return follow(text) && single(text, THINK, END_THINK) && single(text, ANSWER, END_ANSWER);
  }

  private static boolean follow(String text) {
    for (int end = text.indexOf(END_THINK); end >= 0; end = text.indexOf(END_THINK, end + 1)) {
      int at = end + END_THINK.length();
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (text.startsWith(ANSWER, at)) {
        return text.indexOf(END_ANSWER, at) >= 0;
      }
    }
    return false;
  }

  /** Exactly one pair of tags, without an opening tag inside. */
  private static boolean single(String text, String open, String close) {
    int start = text.indexOf(open);
    int end = start < 0 ? -1 : text.indexOf(close, start);
    if (end < 0) {
      return false;
    }
    String content = text.substring(start + open.length(), end);
    int next = text.indexOf(open, end);
    boolean another = next >= 0 && text.indexOf(close, next) >= 0;
    return !another && !content.contains(THINK) && !content.contains(ANSWER);
  }
}
