package io.amalgam.actors.settings;

/**
 * A configuration that cannot be used: one cause and one remedy, both short enough for one line.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String remedy;

  /** An exception whose message is {@code reason – remedy}. */
  public SettingsException(String reason, String remedy) {
    super(reason + " – " + remedy);
    this.reason = reason;
    this.remedy = remedy;
  }

  /**
   * An exception from a sentence of another room that names cause and remedy: {@code cause; remedy}
   * or {@code value must be …}.
   */
  public static SettingsException ofSentence(String sentence) {
    int cut = sentence.indexOf("; ");
    if (cut >= 0) {
      return new SettingsException(sentence.substring(0, cut), sentence.substring(cut + 2));
    }
    cut = sentence.indexOf(" must be ");
    return cut >= 0
        ? new SettingsException(sentence.substring(0, cut), "it" + sentence.substring(cut))
        : new SettingsException(sentence, "correct it");
  }

  /** What is wrong: the key, its value and where it was written. */
  public String reason() {
    return reason;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
