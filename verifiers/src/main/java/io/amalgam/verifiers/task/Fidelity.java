package io.amalgam.verifiers.task;

/** How much of a task agrees with the original for the same configuration, seed, size and index. */
public enum Fidelity {
  /** Question, answer, metadata and scores are equal. */
  COMPLETE("question, answer, metadata and scores equal the original's"),
  /** Question and scores are equal; the reference answer is another correct one. */
  QUESTION("question and scores equal the original's; the reference answer may be another one"),
  /** Scores of a given problem are equal; problems come from the same distribution. */
  SCORES("scores equal the original's; problems follow the same distribution");

  private final String words;

  Fidelity(String words) {
    this.words = words;
  }

  /** The degree in words. */
  public String words() {
    return words;
  }
}
