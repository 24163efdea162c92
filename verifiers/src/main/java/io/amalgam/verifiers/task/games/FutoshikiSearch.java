package io.amalgam.verifiers.task.games;

import java.util.Arrays;
import java.util.List;

/** A search for further solutions of a Futoshiki. Not thread-safe. */
final class FutoshikiSearch {
  private final int size;
  private final List<FutoshikiRule> rules;
  private final int[] grid;
  private final int[] rows;
  private final int[] columns;

  /** The numbers, as bit sets, that the rules leave to each cell. */
  private final int[] allowed;

  FutoshikiSearch(int size, List<FutoshikiRule> rules) {
    this.size = size;
    this.rules = rules;
    grid = new int[size * size];
    rows = new int[size];
    columns = new int[size];
    allowed = new int[size * size];
  }

  /** Whether a puzzle has a solution with another number in an empty cell. */
  boolean solvableWithout(int[] puzzle, int cell, int number) {
    Arrays.fill(grid, 0);
    Arrays.fill(rows, 0);
    Arrays.fill(columns, 0);
    for (int clue = 0; clue < puzzle.length; clue++) {
      if (puzzle[clue] != 0) {
        put(clue, puzzle[clue]);
      }
    }
    applyRules();
    for (int left = candidates(cell) & ~(1 << number); left != 0; left &= left - 1) {
      if (solvableWith(cell, Integer.numberOfTrailingZeros(left))) {
        return true;
      }
    }
    return false;
  }

  private boolean solvableWith(int cell, int number) {
    put(cell, number);
    boolean solvable = solvable();
    rows[cell / size] ^= 1 << number;
    columns[cell % size] ^= 1 << number;
    grid[cell] = 0;
    return solvable;
  }

  private void put(int cell, int number) {
    grid[cell] = number;
    rows[cell / size] ^= 1 << number;
    columns[cell % size] ^= 1 << number;
  }

  private boolean solvable() {
    applyRules();
    int best = -1;
    int fewest = size + 1;
    for (int cell = 0; cell < grid.length && fewest > 0; cell++) {
      if (grid[cell] == 0) {
        int count = Integer.bitCount(candidates(cell));
        if (count < fewest) {
          fewest = count;
          best = cell;
        }
      } else if ((allowed[cell] >> grid[cell] & 1) == 0) {
        return false;
      }
    }
    if (best < 0) {
      return true;
    }
    for (int left = candidates(best); left != 0; left &= left - 1) {
      if (solvableWith(best, Integer.numberOfTrailingZeros(left))) {
        return true;
      }
    }
    return false;
  }

  private int candidates(int cell) {
    return allowed[cell] & ~(rows[cell / size] | columns[cell % size]);
  }

  /** Bounds cells by their larger and smaller neighbours until nothing changes. */
  private void applyRules() {
    int all = (2 << size) - 2;
    Arrays.setAll(allowed, cell -> grid[cell] == 0 ? all : 1 << grid[cell]);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (FutoshikiRule rule : rules) {
        int small = allowed[rule.smaller()];
        int large = allowed[rule.larger()];
        // Below the highest of the larger cell, above the lowest of the smaller one.
        int keptSmall = small & (Integer.highestOneBit(large) - 1);
        int keptLarge = large & -(Integer.lowestOneBit(small) << 1);
        allowed[rule.smaller()] = keptSmall;
        allowed[rule.larger()] = keptLarge;
        changed |= keptSmall != small || keptLarge != large;
      }
    }
  }
}
