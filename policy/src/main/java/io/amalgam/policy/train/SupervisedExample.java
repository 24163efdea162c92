package io.amalgam.policy.train;

/**
 * A text to imitate.
 *
 * @param promptIds ids that are only read, at least one
 * @param responseIds ids that are learned, at least one
 */
public record SupervisedExample(int[] promptIds, int[] responseIds) {
  /** Checks that there is something to read and to learn. */
  public SupervisedExample {
    if (promptIds.length == 0 || responseIds.length == 0) {
      throw new IllegalArgumentException("an example needs a prompt and a response");
    }
  }

  /** Input positions: everything but the last id. */
  int inputs() {
    return promptIds.length + responseIds.length - 1;
  }
}
