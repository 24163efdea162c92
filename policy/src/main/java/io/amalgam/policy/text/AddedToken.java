package io.amalgam.policy.text;

/**
 * A token that is cut out of a text whole, before any splitting or merging.
 *
 * @param content the text it stands for; not empty
 * @param special whether a decoder that skips special tokens leaves it out
 */
public record AddedToken(String content, boolean special) {
  /** Refuses an empty content. */
  public AddedToken {
    if (content.isEmpty()) {
      throw new IllegalArgumentException("an added token needs a text");
    }
  }

  /** A control token, such as the end of a turn. */
  public static AddedToken special(String content) {
    return new AddedToken(content, true);
  }

  /** An ordinary token that stays visible in decoded text, such as {@code <think>}. */
  public static AddedToken plain(String content) {
    return new AddedToken(content, false);
  }
}
