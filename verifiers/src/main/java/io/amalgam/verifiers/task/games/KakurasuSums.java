package io.amalgam.verifiers.task.games;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The clues of a Kakurasu: for every row the sum of its ones' column numbers, for every column the
 * sum of its ones' row numbers, both counted from 1.
 */
record KakurasuSums(int[] rows, int[] columns) {

  /** The sums of a grid with at least one row. */
  static KakurasuSums of(int[][] grid) {
    int[] rows = new int[grid.length];
    int[] columns = new int[grid[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        rows[row] += grid[row][column] * (column + 1);
        columns[column] += grid[row][column] * (row + 1);
      }
    }
    return new KakurasuSums(rows, columns);
  }

  /** Whether rows and columns have the same total, which only some grids have. */
  boolean balanced() {
    return Arrays.stream(rows).sum() == Arrays.stream(columns).sum();
  }

  /** Whether exactly one grid has these sums; that there is one is taken for granted. */
  boolean determineGrid() {
    List<List<Integer>> patterns = new ArrayList<>();
    for (int sum : rows) {
      patterns.add(
          IntStream.range(0, 1 << columns.length)
              .filter(set -> weight(set) == sum)
              .boxed()
              .toList());
    }
    return solutions(rows.length - 1, patterns, columns.clone()) == 1;
  }

  private static int weight(int set) {
    int weight = 0;
    for (int left = set; left != 0; left &= left - 1) {
      weight += Integer.numberOfTrailingZeros(left) + 1;
    }
    return weight;
  }

  /** The number of ways, up to 2, to fill the rows down from the given one; heavy rows first. */
  private static int solutions(int row, List<List<Integer>> patterns, int[] remaining) {
    int number = row + 1;
    if (number == 0) {
      return 1;
    }
    int found = 0;
    for (int pattern : patterns.get(row)) {
      int[] left = remaining.clone();
      boolean fits = true;
      for (int column = 0; column < left.length && fits; column++) {
        left[column] -= (pattern >> column & 1) * number;
        // What is left must be 0 to the sum of all lighter rows.
        fits = left[column] >= 0 && left[column] <= row * number / 2;
      }
      if (fits) {
        found += solutions(row - 1, patterns, left);
        if (found > 1) {
          return found;
        }
      }
    }
    return found;
  }
}
