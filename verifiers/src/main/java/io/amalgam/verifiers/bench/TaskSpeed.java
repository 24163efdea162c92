package io.amalgam.verifiers.bench;

/**
 * How fast one task is in one thread.
 *
 * @param problems problems generated per second
 * @param answers answers scored per second
 */
public record TaskSpeed(double problems, double answers) {
  /** The middle of two measurements. */
  public TaskSpeed middle(TaskSpeed other) {
    return new TaskSpeed((problems + other.problems) / 2, (answers + other.answers) / 2);
  }
}
