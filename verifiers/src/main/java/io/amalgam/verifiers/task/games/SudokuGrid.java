package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Sudoku board being filled or emptied; keeps the digits in use per row, column and block as bit
 * sets (bit d - 1 for digit d). Cells are numbered row by row. Not thread-safe.
 */
final class SudokuGrid {
  private final int block;
  private final int side;
  private final int all;
  private final int[] cells;
  private final int[] rows;
  private final int[] columns;
  private final int[] blocks;

  /** An empty board of {@code block · block} blocks. */
  SudokuGrid(int block) {
    this.block = block;
    side = block * block;
    all = (1 << side) - 1;
    cells = new int[side * side];
    rows = new int[side];
    columns = new int[side];
    blocks = new int[side];
  }

  /** Fills the blocks on the diagonal, which cannot conflict, with shuffled digits. */
  void fillDiagonal(PythonRandom random) {
    for (int corner = 0; corner < side; corner += block) {
      List<Integer> digits = new ArrayList<>(IntStream.rangeClosed(1, side).boxed().toList());
      random.shuffle(digits);
      for (int i = 0; i < side; i++) {
        put((corner + i / block) * side + corner + i % block, digits.get(i));
      }
    }
  }

  /**
   * Completes the board by depth-first search, cell by cell; the board is as before if that is
   * impossible.
   *
   * @param order for every set of candidates the order in which they are tried
   */
  boolean complete(int[][] order) {
    return complete(0, order);
  }

  private boolean complete(int from, int[][] order) {
    int cell = from;
    while (cell < cells.length && cells[cell] != 0) {
      cell++;
    }
    if (cell == cells.length) {
      return true;
    }
    for (int digit : order[candidates(cell)]) {
      put(cell, digit);
      if (complete(cell + 1, order)) {
        return true;
      }
      clear(cell);
    }
    return false;
  }

  /**
   * Removes digits in random order, but none without which there would be more than one solution.
   *
   * @param wanted stop after so many removals; 0 removes as many as possible
   */
  void removeDigits(int wanted, PythonRandom random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, cells.length).boxed().toList());
    random.shuffle(order);
    int removed = 0;
    for (int cell : order) {
      int digit = cells[cell];
      clear(cell);
      if (solvableWithout(cell, digit)) {
        put(cell, digit);
      } else if (++removed == wanted) {
        return;
      }
    }
  }

  /** Whether there is a solution with another digit in an empty cell. */
  private boolean solvableWithout(int cell, int digit) {
    for (int left = candidates(cell) & ~bit(digit); left != 0; left &= left - 1) {
      put(cell, Integer.numberOfTrailingZeros(left) + 1);
      boolean solvable = solvable();
      clear(cell);
      if (solvable) {
        return true;
      }
    }
    return false;
  }

  private boolean solvable() {
    int best = -1;
    int fewest = side + 1;
    for (int cell = 0; cell < cells.length && fewest > 1; cell++) {
      if (cells[cell] == 0) {
        int count = Integer.bitCount(candidates(cell));
        if (count < fewest) {
          fewest = count;
          best = cell;
        }
      }
    }
    if (best < 0) {
      return true;
    }
    for (int left = candidates(best); left != 0; left &= left - 1) {
      put(best, Integer.numberOfTrailingZeros(left) + 1);
      boolean solvable = solvable();
      clear(best);
      if (solvable) {
        return true;
      }
    }
    return false;
  }

  /** The digits by row, 0 for an empty cell. */
  int[][] toRows() {
    int[][] board = new int[side][side];
    for (int cell = 0; cell < cells.length; cell++) {
      board[cell / side][cell % side] = cells[cell];
    }
    return board;
  }

  private int candidates(int cell) {
    return all & ~(rows[cell / side] | columns[cell % side] | blocks[blockOf(cell)]);
  }

  private void put(int cell, int digit) {
    cells[cell] = digit;
    flip(cell, digit);
  }

  private void clear(int cell) {
    flip(cell, cells[cell]);
    cells[cell] = 0;
  }

  private void flip(int cell, int digit) {
    rows[cell / side] ^= bit(digit);
    columns[cell % side] ^= bit(digit);
    blocks[blockOf(cell)] ^= bit(digit);
  }

  private int blockOf(int cell) {
    return cell / side / block * block + cell % side / block;
  }

  private static int bit(int digit) {
    return 1 << (digit - 1);
  }
}
