package io.amalgam.verifiers.task.algorithmic;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Steps from every cell of a grid to the nearest source, moving up, down, left and right over open
 * cells: a breadth-first search from all sources at once.
 */
final class NearestSource {
  /** The distance of a cell that no source reaches. */
  static final int UNREACHED = -1;

  private NearestSource() {}

  /**
   * The distances.
   *
   * @param source which numbers are sources
   * @param open which other numbers can be moved onto
   */
  static IntMatrix distances(IntMatrix grid, IntPredicate source, IntPredicate open) {
    int rows = grid.rows();
    int columns = grid.columns();
    int[] distance = new int[rows * columns];
    Arrays.fill(distance, UNREACHED);
    int[] queue = new int[rows * columns];
    int end = 0;
    for (int cell = 0; cell < distance.length; cell++) {
      if (source.test(grid.at(cell / columns, cell % columns))) {
        distance[cell] = 0;
        queue[end++] = cell;
      }
    }
    for (int start = 0; start < end; start++) {
      int row = queue[start] / columns;
      int column = queue[start] % columns;
      for (int side = 0; side < 4; side++) {
        int nextRow = row + (side == 0 ? 1 : side == 1 ? -1 : 0);
        int nextColumn = column + (side == 2 ? 1 : side == 3 ? -1 : 0);
        int next = nextRow * columns + nextColumn;
        if (nextRow >= 0
            && nextRow < rows
            && nextColumn >= 0
            && nextColumn < columns
            && distance[next] == UNREACHED
            && open.test(grid.at(nextRow, nextColumn))) {
          distance[next] = distance[queue[start]] + 1;
          queue[end++] = next;
        }
      }
    }
    return IntMatrix.rectangle(rows, columns, distance);
  }
}
