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
    return of(height(), width(), (row, column) -> colours.applyAsInt(at(row, column)));
  }

  /** The upper half below and the lower above. */
  Grid upsideDown() {
    return of(height(), width(), (row, column) -> at(height() - 1 - row, column));
  }

  /** The left half to the right and the right half to the left. */
  Grid leftToRight() {
    return of(height(), width(), (row, column) -> at(row, width() - 1 - column));
  }

  /** Rows as columns. */
  Grid transposed() {
    return of(width(), height(), (row, column) -> at(column, row));
  }

  /** Mirrored on the diagonal from the lower left to the upper right. */
  Grid counterTransposed() {
    return of(width(), height(), (row, column) -> at(height() - 1 - column, width() - 1 - row));
  }

  /** Turned by quarters, clockwise. */
  Grid turned(int quarters) {
    switch (Math.floorMod(quarters, 4)) {
      case 1:
        return of(width(), height(), (row, column) -> at(height() - 1 - column, row));
      case 2:
        return of(height(), width(), (row, column) -> at(height() - 1 - row, width() - 1 - column));
      case 3:
        return of(width(), height(), (row, column) -> at(column, width() - 1 - row));
      default:
        return this;
    }
  }

  /** A JSON list of rows. */
  ArrayNode toJson() {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int[] row : cells) {
      ArrayNode list = rows.addArray();
      for (int colour : row) {
        list.add(colour);
      }
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
