package io.amalgam.verifiers.algebra;

/** Counts the work on one answer and ends it when it becomes too much. Not thread-safe. */
final class Budget {
  private long left;

  Budget(long steps) {
    left = steps;
  }

  /** Takes some steps away. */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new AlgebraException("too much work");
    }
  }
}
