package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.function.IntUnaryOperator;

/**
 * An immutable rectangle of small whole numbers, written as lines of numbers with spaces between.
 */
final class IntMatrix {
  private final int rows;
  private final int columns;
  private final int[] cells;

  private IntMatrix(int rows, int columns, int[] cells) {
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
  }

  /** What stands in a cell. */
  interface Cell {
    int at(int row, int column);
  }

  /** A matrix computed cell by cell, in reading order. */
  static IntMatrix of(int rows, int columns, Cell cell) {
    int[] cells = new int[rows * columns];
    for (int row = 0, i = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++, i++) {
        cells[i] = cell.at(row, column);
      }
    }
    return new IntMatrix(rows, columns, cells);
  }

  /** A square of numbers given in reading order. */
  static IntMatrix square(int side, int[] cells) {
    return rectangle(side, side, cells);
  }

  /** A rectangle of numbers given in reading order. */
  static IntMatrix rectangle(int rows, int columns, int[] cells) {
    return new IntMatrix(rows, columns, cells.clone());
  }

  /** Digits 0 to 9, each drawn, in reading order. */
  static IntMatrix digits(PythonRandom random, int rows, int columns) {
    return of(rows, columns, (row, column) -> random.randint(0, 9));
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  int at(int row, int column) {
    return cells[row * columns + column];
  }

  /** A quarter turn clockwise. */
  IntMatrix quarterTurn() {
    return of(columns, rows, (row, column) -> at(rows - 1 - column, row));
  }

  /** Several quarter turns clockwise. */
  IntMatrix quarterTurns(int count) {
    IntMatrix turned = this;
    for (int i = 0; i < count % 4; i++) {
      turned = turned.quarterTurn();
    }
    return turned;
  }

  /** Rows in the opposite order. */
  IntMatrix upsideDown() {
    return of(rows, columns, (row, column) -> at(rows - 1 - row, column));
  }

  /** Each row in the opposite order. */
  IntMatrix leftToRight() {
    return of(rows, columns, (row, column) -> at(row, columns - 1 - column));
  }

  /** Rows as columns. */
  IntMatrix transposed() {
    return of(columns, rows, (row, column) -> at(column, row));
  }

  /** Every number replaced. */
  IntMatrix map(IntUnaryOperator change) {
    return of(rows, columns, (row, column) -> change.applyAsInt(at(row, column)));
  }

  /** The part that starts at a cell. */
  IntMatrix part(int firstRow, int firstColumn, int height, int width) {
    return of(height, width, (row, column) -> at(firstRow + row, firstColumn + column));
  }

  /** Without every nth row, counted from 1. */
  IntMatrix withoutEveryRow(int n) {
    // Of each n rows the first n - 1 stay, so row r of the result is row r + r / (n - 1).
    return of(rows - rows / n, columns, (row, column) -> at(row + row / (n - 1), column));
  }

  /** Without every nth column, counted from 1. */
  IntMatrix withoutEveryColumn(int n) {
    return of(rows, columns - columns / n, (row, column) -> at(row, column + column / (n - 1)));
  }

  /** The lines of numbers. */
  String text() {
    StringBuilder text = new StringBuilder(cells.length * 2);
    for (int row = 0, i = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++, i++) {
        if (i > 0) {
          text.append(column == 0 ? '\n' : ' ');
        }
        text.append(cells[i]);
      }
    }
    return text.toString();
  }

  /** A list of rows. */
  ArrayNode json() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(rows);
    for (int row = 0, i = 0; row < rows; row++) {
      ArrayNode line = JsonNodeFactory.instance.arrayNode(columns);
      for (int column = 0; column < columns; column++, i++) {
        line.add(cells[i]);
      }
      list.add(line);
    }
    return list;
  }
}
