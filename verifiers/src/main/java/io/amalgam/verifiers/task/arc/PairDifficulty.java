package io.amalgam.verifiers.task.arc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * How hard a pair of grids is by its cells, colours and areas of one colour: the mean of three
 * shares, the original's measure.
 */
final class PairDifficulty {
  private static final double MOST_CELLS = 2.0 * GridDraws.LARGEST * GridDraws.LARGEST;

  private PairDifficulty() {}

  static double of(GridPair pair) {
    Grid input = pair.input();
    Grid output = pair.output();
    double cells = (input.area() + output.area()) / MOST_CELLS;
    long colours = IntStream.concat(colours(input), colours(output)).distinct().count();
    double areas =
        ((double) areas(input) / input.area() + (double) areas(output) / output.area()) / 2;
    return (cells + (double) colours / GridDraws.COLOURS + areas) / 3;
  }

  private static IntStream colours(Grid grid) {
    return IntStream.range(0, grid.area()).map(i -> grid.at(i / grid.width(), i % grid.width()));
  }

  /** The number of areas of one colour whose cells share sides. */
  private static int areas(Grid grid) {
    boolean[] seen = new boolean[grid.area()];
    int areas = 0;
    for (int start = 0; start < seen.length; start++) {
      if (!seen[start]) {
        areas++;
        mark(grid, start, seen);
      }
    }
    return areas;
  }

  private static void mark(Grid grid, int start, boolean[] seen) {
    Deque<Integer> open = new ArrayDeque<>();
    seen[start] = true;
    open.push(start);
    while (!open.isEmpty()) {
      int row = open.peek() / grid.width();
      int column = open.pop() % grid.width();
      int colour = grid.at(row, column);
      for (int side = 0; side < 4; side++) {
        int nextRow = row + (side - 1) % 2;
        int nextColumn = column + (side - 2) % 2;
        int next = nextRow * grid.width() + nextColumn;
        if (grid.contains(nextRow, nextColumn)
            && !seen[next]
            && grid.at(nextRow, nextColumn) == colour) {
          seen[next] = true;
          open.push(next);
        }
      }
    }
  }
}
