package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Futoshiki in the making: a Latin square, rules that it obeys, and clues that are removed as
 * long as the solution stays the only one. Cells are numbered row by row. Not thread-safe.
 */
final class FutoshikiBoard {
  private static final double LEAST_RULES = 0.03;
  private static final double MORE_RULES = 0.07;

  /** The share of clues at which removing ends. */
  private static final double FILLED = 0.1;

  private final int size;
  private final int[] solution;
  private final List<FutoshikiRule> rules = new ArrayList<>();
  private final int[] grid;

  private FutoshikiBoard(int size, PythonRandom random) {
    this.size = size;
    solution = new int[size * size];
    for (int row = 0; row < size; row++) {
      List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, size).boxed().toList());
      random.shuffle(numbers);
      fillRow(row, 0, numbers, 0);
    }
    grid = solution.clone();
  }

  /** A drawn puzzle. */
  static FutoshikiBoard draw(int size, int difficulty, PythonRandom random) {
    FutoshikiBoard board = new FutoshikiBoard(size, random);
    board.drawRules(LEAST_RULES + MORE_RULES * difficulty, random);
    board.removeClues(random);
    return board;
  }

  /**
   * Puts the first permutation of the numbers, in lexicographic order of their places in the list,
   * that repeats nothing in a column; there always is one.
   */
  private boolean fillRow(int row, int column, List<Integer> numbers, int used) {
    if (column == size) {
      return true;
    }
    for (int number : numbers) {
      if ((used >> number & 1) == 0 && !inColumnAbove(row, column, number)) {
        solution[row * size + column] = number;
        if (fillRow(row, column + 1, numbers, used | 1 << number)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean inColumnAbove(int row, int column, int number) {
    for (int above = 0; above < row; above++) {
      if (solution[above * size + column] == number) {
        return true;
      }
    }
    return false;
  }

  private void drawRules(double probability, PythonRandom random) {
    for (int cell = 0; cell < solution.length; cell++) {
      if (cell % size < size - 1 && random.random() < probability) {
        rules.add(new FutoshikiRule(cell, cell + 1, solution[cell] < solution[cell + 1]));
      }
      if (cell / size < size - 1 && random.random() < probability) {
        rules.add(new FutoshikiRule(cell, cell + size, solution[cell] < solution[cell + size]));
      }
    }
  }

  private void removeClues(PythonRandom random) {
    int target = (int) (FILLED * (size * size));
    List<Integer> order = new ArrayList<>(IntStream.range(0, grid.length).boxed().toList());
    random.shuffle(order);
    removeClues(order, target);
    if (clues() > 2 * target) {
      random.shuffle(order);
      removeClues(order, target);
    }
  }

  private void removeClues(List<Integer> order, int target) {
    FutoshikiLogic logic = new FutoshikiLogic(size, rules);
    FutoshikiSearch search = new FutoshikiSearch(size, rules);
    for (int cell : order) {
      if (clues() <= target) {
        return;
      }
      int clue = grid[cell];
      if (clue != 0) {
        grid[cell] = 0;
        if (search.solvableWithout(grid, cell, clue) || !logic.solves(grid)) {
          grid[cell] = clue;
        }
      }
    }
  }

  private int clues() {
    return (int) Arrays.stream(grid).filter(number -> number != 0).count();
  }

  List<FutoshikiRule> rules() {
    return List.copyOf(rules);
  }

  int[][] solution() {
    return rows(solution);
  }

  /** What is left of the solution, 0 for a removed clue. */
  int[][] puzzle() {
    return rows(grid);
  }

  private int[][] rows(int[] cells) {
    return IntStream.range(0, size)
        .mapToObj(row -> Arrays.copyOfRange(cells, row * size, (row + 1) * size))
        .toArray(int[][]::new);
  }
}
