package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonSet;
import java.util.Arrays;
import java.util.List;

/**
 * The deductions and guesses by which clues are judged removable. Not thread-safe.
 *
 * <p>The deduction of hidden pairs is stricter than logic allows, so that some puzzles with a
 * solution are found to have none; and it depends on the order in which sets of candidates are gone
 * through. Both decide which clues stay.
 *
 * <p>Candidates are bit sets, bit d for number d.
 */
final class FutoshikiLogic {
  /** Boards up to this size; with larger ones more sets would have an order of their own. */
  static final int LARGEST_BOARD = 9;

  /** Whether the set made of two numbers, in this order, is gone through from the larger one. */
  private static final boolean[][] DESCENDING = descendingPairs();

  private final int size;
  private final List<FutoshikiRule> rules;

  FutoshikiLogic(int size, List<FutoshikiRule> rules) {
    this.size = size;
    this.rules = rules;
  }

  private static boolean[][] descendingPairs() {
    boolean[][] descending = new boolean[LARGEST_BOARD + 1][LARGEST_BOARD + 1];
    for (int a = 1; a <= LARGEST_BOARD; a++) {
      for (int b = 1; b <= LARGEST_BOARD; b++) {
        descending[a][b] =
            a != b && PythonSet.of(List.of(a, b)).toList().get(0).equals(Math.max(a, b));
      }
    }
    return descending;
  }

  /** Whether deductions and guesses fill all cells; the grid is not changed. */
  boolean solves(int[] puzzle) {
    State state = new State(puzzle.clone());
    boolean progress = true;
    while (progress) {
      progress = state.deduce();
    }
    int[] grid = state.grid;
    int cell = 0;
    while (cell < grid.length && grid[cell] != 0) {
      cell++;
    }
    if (cell == grid.length) {
      return true;
    }
    for (int number = 1; number <= size; number++) {
      if (state.possible(cell, number) && fits(grid, cell, number)) {
        grid[cell] = number;
        if (solves(grid)) {
          return true;
        }
        grid[cell] = 0;
      }
    }
    return false;
  }

  /** Whether a number does not repeat in its lines and no rule anywhere is then broken. */
  private boolean fits(int[] grid, int cell, int number) {
    int row = cell / size;
    int column = cell % size;
    for (int i = 0; i < size; i++) {
      if (grid[row * size + i] == number || grid[i * size + column] == number) {
        return false;
      }
    }
    grid[cell] = number;
    boolean allowed = rules.stream().allMatch(rule -> rule.allows(grid));
    grid[cell] = 0;
    return allowed;
  }

  /** A partly filled grid with the candidates of its cells. */
  private final class State {
    private final int[] grid;
    private final int[] candidates;

    /** Cells whose two candidates are gone through from the larger one. */
    private final boolean[] descending;

    State(int[] grid) {
      this.grid = grid;
      candidates = new int[grid.length];
      descending = new boolean[grid.length];
      int all = (2 << size) - 2;
      Arrays.setAll(candidates, cell -> grid[cell] == 0 ? all : 1 << grid[cell]);
      for (FutoshikiRule rule : rules) {
        candidates[rule.first()] &= ~(1 << (rule.ascending() ? size : 1));
      }
    }

    boolean possible(int cell, int number) {
      return (candidates[cell] >> number & 1) == 1;
    }

    /** One round of all deductions; whether those that count removed a candidate. */
    boolean deduce() {
      boolean progress = usePlacedNumbers();
      fillSingles();
      progress |= useRules();
      fillSingles();
      findHiddenSingles();
      fillSingles();
      progress |= useNakedPairs();
      fillSingles();
      findHiddenPairs();
      fillSingles();
      progress |= useWings(size, 1);
      progress |= useWings(1, size);
      fillSingles();
      return progress;
    }

    private boolean remove(int cell, int numbers) {
      boolean removes = (candidates[cell] & numbers) != 0;
      candidates[cell] &= ~numbers;
      return removes;
    }

    private void fillSingles() {
      for (int cell = 0; cell < grid.length; cell++) {
        if (grid[cell] == 0 && Integer.bitCount(candidates[cell]) == 1) {
          grid[cell] = Integer.numberOfTrailingZeros(candidates[cell]);
        }
      }
    }

    private boolean usePlacedNumbers() {
      boolean progress = false;
      for (int cell = 0; cell < grid.length; cell++) {
        if (grid[cell] == 0) {
          continue;
        }
        for (int i = 0; i < size; i++) {
          int inRow = cell - cell % size + i;
          int inColumn = i * size + cell % size;
          progress |= inRow != cell && remove(inRow, 1 << grid[cell]);
          progress |= inColumn != cell && remove(inColumn, 1 << grid[cell]);
        }
      }
      return progress;
    }

    private boolean useRules() {
      boolean progress = false;
      for (FutoshikiRule rule : rules) {
        int small = grid[rule.smaller()];
        int large = grid[rule.larger()];
        if (small != 0 && large == 0) {
          progress |= remove(rule.larger(), (2 << small) - 1);
        } else if (large != 0 && small == 0) {
          progress |= remove(rule.smaller(), -(1 << large));
        }
      }
      return progress;
    }

    /** Does not count as progress by itself. */
    private void findHiddenSingles() {
      for (int cell = 0; cell < grid.length; cell++) {
        if (grid[cell] != 0) {
          continue;
        }
        for (int number : inOrder(cell)) {
          if (onlyPlace(cell - cell % size, 1, number) || onlyPlace(cell % size, size, number)) {
            candidates[cell] = 1 << number;
            break;
          }
        }
      }
    }

    private boolean onlyPlace(int first, int step, int number) {
      int places = 0;
      for (int i = 0, cell = first; i < size; i++, cell += step) {
        places += candidates[cell] >> number & 1;
      }
      return places == 1;
    }

    /** The candidates of a cell in the order in which Python goes through their set. */
    private int[] inOrder(int cell) {
      int[] numbers = new int[Integer.bitCount(candidates[cell])];
      int count = 0;
      for (int left = candidates[cell]; left != 0; left &= left - 1) {
        numbers[count++] = Integer.numberOfTrailingZeros(left);
      }
      if (count == 2 && descending[cell]) {
        return new int[] {numbers[1], numbers[0]};
      }
      return numbers;
    }

    private boolean useNakedPairs() {
      boolean progress = false;
      for (int cell = 0; cell < grid.length; cell++) {
        if (grid[cell] == 0 && Integer.bitCount(candidates[cell]) == 2) {
          progress |= useNakedPair(cell, cell - cell % size, 1);
          progress |= useNakedPair(cell, cell % size, size);
        }
      }
      return progress;
    }

    private boolean useNakedPair(int cell, int first, int step) {
      boolean progress = false;
      int end = first + size * step;
      for (int twin = first; twin < end; twin += step) {
        if (twin != cell && candidates[twin] == candidates[cell]) {
          for (int other = first; other < end; other += step) {
            progress |= other != cell && other != twin && remove(other, candidates[cell]);
          }
        }
      }
      return progress;
    }

    /** Does not count as progress by itself. */
    private void findHiddenPairs() {
      for (int cell = 0; cell < grid.length; cell++) {
        if (grid[cell] != 0) {
          continue;
        }
        int row = cell - cell % size;
        for (int other = cell + 1; other < row + size; other++) {
          findHiddenPair(cell, other, row, 1);
        }
        for (int other = cell + size; other < grid.length; other += size) {
          findHiddenPair(cell, other, cell % size, size);
        }
      }
    }

    /**
     * Leaves two cells of a line only the pair of candidates that no third cell of the line has
     * both of. Ordered pairs of the one cell are looked for among those of the other, whose list is
     * only gone through once for all of them.
     */
    private void findHiddenPair(int cell, int other, int first, int step) {
      if (grid[other] != 0) {
        return;
      }
      int[] own = inOrder(cell);
      int[] others = inOrder(other);
      int goneThrough = -1;
      for (int a : own) {
        for (int b : own) {
          if (a == b) {
            continue;
          }
          int position = position(a, b, others);
          if (position <= goneThrough) {
            return;
          }
          goneThrough = position;
          if (!sharedByThird(1 << a | 1 << b, cell, other, first, step)) {
            for (int changed : new int[] {cell, other}) {
              candidates[changed] = 1 << a | 1 << b;
              descending[changed] = DESCENDING[a][b];
            }
          }
        }
      }
    }

    /** Where an ordered pair comes among all those of some numbers, -1 if it does not. */
    private int position(int a, int b, int[] numbers) {
      int first = -1;
      int second = -1;
      for (int i = 0; i < numbers.length; i++) {
        first = numbers[i] == a ? i : first;
        second = numbers[i] == b ? i : second;
      }
      return first < 0 || second < 0 ? -1 : first * numbers.length + second;
    }

    private boolean sharedByThird(int pair, int cell, int other, int first, int step) {
      for (int i = 0, third = first; i < size; i++, third += step) {
        if (third != cell && third != other && (candidates[third] & pair) == pair) {
          return true;
        }
      }
      return false;
    }

    /**
     * A number that has the same two places in two parallel lines has no other place in the lines
     * across.
     *
     * @param along from one line to the next
     * @param across from one cell of a line to the next
     */
    private boolean useWings(int along, int across) {
      boolean progress = false;
      for (int number = 1; number <= size; number++) {
        int[] places = new int[size];
        for (int line = 0; line < size; line++) {
          for (int i = 0; i < size; i++) {
            places[line] |= (candidates[line * along + i * across] >> number & 1) << i;
          }
        }
        for (int line = 0; line < size; line++) {
          for (int twin = line + 1; twin < size; twin++) {
            if (Integer.bitCount(places[line]) == 2 && places[line] == places[twin]) {
              progress |= useWing(number, places[line], line, twin, along, across);
            }
          }
        }
      }
      return progress;
    }

    private boolean useWing(int number, int places, int line, int twin, int along, int across) {
      boolean progress = false;
      for (int left = places; left != 0; left &= left - 1) {
        int place = Integer.numberOfTrailingZeros(left);
        for (int other = 0; other < size; other++) {
          progress |=
              other != line && other != twin && remove(other * along + place * across, 1 << number);
        }
      }
      return progress;
    }
  }
}
