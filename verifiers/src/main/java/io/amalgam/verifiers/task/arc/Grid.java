package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/** A rectangle of coloured cells; colours are 0 to 9. Immutable. */
final class Grid {
  private final int[][] cells;

  private Grid(int[][] cells) {
    this.cells = cells;
  }

  /**
   * A grid whose colours are computed.
   *
   * @param colour takes row and column
   */
  static Grid of(int height, int width, IntBinaryOperator colour) {
    int[][] cells = new int[height][width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        cells[row][column] = colour.applyAsInt(row, column);
      }
    }
    return new Grid(cells);
  }

  /** A copy of rows of the same length. */
  static Grid of(int[][] cells) {
    return of(cells.length, cells[0].length, (row, column) -> cells[row][column]);
  }

  /** A grid from a JSON list of rows. */
  static Grid of(JsonNode rows) {
    return of(
        rows.size(), rows.path(0).size(), (row, column) -> rows.path(row).path(column).intValue());
  }

  int height() {
    return cells.length;
  }

  int width() {
    return cells[0].length;
  }

  int area() {
    return height() * width();
  }

  int at(int row, int column) {
    return cells[row][column];
  }

  boolean contains(int row, int column) {
    return row >= 0 && row < height() && column >= 0 && column < width();
  }

  /** The cells, to be changed. */
  int[][] copy() {
    return Arrays.stream(cells).map(int[]::clone).toArray(int[][]::new);
  }

  Grid recoloured(IntUnaryOperator colours) {
    int[][] changed = new int[height()][width()];
    for (int row = 0; row < changed.length; row++) {
      int[] from = cells[row];
      int[] to = changed[row];
      for (int column = 0; column < to.length; column++) {
        to[column] = colours.applyAsInt(from[column]);
      }
    }
    return new Grid(changed);
  }

  /** The upper half below and the lower above. */
  Grid upsideDown() {
    // No grid changes its rows, so that two may share them.
    int[][] rows = new int[height()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = cells[rows.length - 1 - row];
    }
    return new Grid(rows);
  }

  /** The left half to the right and the right half to the left. */
  Grid leftToRight() {
    int[][] mirrored = new int[height()][];
    for (int row = 0; row < mirrored.length; row++) {
      mirrored[row] = Row.reversed(cells[row]);
    }
    return new Grid(mirrored);
  }

  /** Rows as columns. */
  Grid transposed() {
    int[][] columns = new int[width()][height()];
    for (int row = 0; row < height(); row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = cells[row][column];
      }
    }
    return new Grid(columns);
  }

  /** Mirrored on the diagonal from the lower left to the upper right. */
  Grid counterTransposed() {
    return turned(2).transposed();
  }

  /** Turned by quarters, clockwise. */
  Grid turned(int quarters) {
    switch (Math.floorMod(quarters, 4)) {
      case 1:
        return upsideDown().transposed();
      case 2:
        return upsideDown().leftToRight();
      case 3:
        return transposed().upsideDown();
      default:
        return this;
    }
  }

  /** A JSON list of rows. */
  ArrayNode toJson() {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode(cells.length);
    for (int[] row : cells) {
      rows.add(Row.toJson(row));
    }
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grid grid && Arrays.deepEquals(cells, grid.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(cells);
  }
}
