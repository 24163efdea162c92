package io.amalgam.verifiers.task.code;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Levenshtein's distance of two texts, given as code points. */
final class EditDistance {
  /** Up to so many pairs of characters the plain table is faster than preparing bits. */
  private static final long SMALL = 4096;

  private EditDistance() {}

  static int between(int[] from, int[] to) {
    int[] shorter = from.length < to.length ? from : to;
    int[] longer = from.length < to.length ? to : from;
    if (shorter.length == 0) {
      return longer.length;
    }
    return (long) shorter.length * longer.length <= SMALL
        ? byTable(shorter, longer)
        : byBits(shorter, longer);
  }

  private static int byTable(int[] shorter, int[] longer) {
    int[] row = new int[shorter.length + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= longer.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= shorter.length; j++) {
        int above = row[j];
        row[j] =
            longer[i - 1] == shorter[j - 1]
                ? diagonal
                : 1 + Math.min(diagonal, Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[shorter.length];
  }

  /**
   * Sixty-four rows of the table at once, as differences between neighbours.
   *
   * <p>Algorithm: Myers, "A fast bit-vector algorithm for approximate string matching based on
   * dynamic programming", Journal of the ACM 46, 1999, with Hyyrö's blocks.
   */
  private static int byBits(int[] pattern, int[] text) {
    int blocks = (pattern.length + Long.SIZE - 1) / Long.SIZE;
    Map<Integer, long[]> places = new HashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      places.computeIfAbsent(pattern[i], c -> new long[blocks])[i / Long.SIZE] |= 1L << i;
    }
    long[] nowhere = new long[blocks];
    long[] up = new long[blocks];
    long[] down = new long[blocks];
    Arrays.fill(up, -1L);
    int distance = pattern.length;
    for (int character : text) {
      long[] equal = Optional.ofNullable(places.get(character)).orElse(nowhere);
      int carry = 1;
      for (int block = 0; block < blocks; block++) {
        long lastRow = block < blocks - 1 ? Long.MIN_VALUE : 1L << (pattern.length - 1);
        long same = equal[block];
        long vertical = same | down[block];
        if (carry < 0) {
          same |= 1;
        }
        long diagonal = (((same & up[block]) + up[block]) ^ up[block]) | same;
        long right = down[block] | ~(diagonal | up[block]);
        long left = up[block] & diagonal;
        int next = (right & lastRow) != 0 ? 1 : (left & lastRow) != 0 ? -1 : 0;
        right = (right << 1) | (carry > 0 ? 1 : 0);
        left = (left << 1) | (carry < 0 ? 1 : 0);
        up[block] = left | ~(vertical | right);
        down[block] = right & vertical;
        carry = next;
      }
      distance += carry;
    }
    return distance;
  }
}
