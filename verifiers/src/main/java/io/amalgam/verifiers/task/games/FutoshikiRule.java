package io.amalgam.verifiers.task.games;

/**
 * An inequality between two neighbouring cells of a Futoshiki, numbered row by row.
 *
 * @param first the upper or left cell
 * @param second the lower or right cell
 * @param ascending whether the first cell holds the smaller number
 */
record FutoshikiRule(int first, int second, boolean ascending) {
  int smaller() {
    return ascending ? first : second;
  }

  int larger() {
    return ascending ? second : first;
  }

  /** Whether two numbers, 0 for unknown ones, do not contradict the rule. */
  boolean allows(int[] grid) {
    int small = grid[smaller()];
    int large = grid[larger()];
    return small == 0 || large == 0 || small < large;
  }
}
