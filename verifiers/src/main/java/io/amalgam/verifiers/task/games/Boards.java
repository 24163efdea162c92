package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;

/** Boards of whole numbers as JSON and as text. */
final class Boards {
  /** What an empty cell looks like where emptiness is not shown as 0. */
  static final String BLANK = "_";

  private Boards() {}

  /** The rows as a list of lists. */
  static ArrayNode json(int[][] board) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int[] row : board) {
      rows.add(json(row));
    }
    return rows;
  }

  /** The numbers as a list. */
  static ArrayNode json(int[] numbers) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int number : numbers) {
      list.add(number);
    }
    return list;
  }

  /** A line per row, numbers separated by blanks, zeros written as given. */
  static String text(int[][] board, String zero) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < board.length; row++) {
      if (row > 0) {
        text.append('\n');
      }
      append(text, board[row], zero);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int[] row, String zero) {
    for (int column = 0; column < row.length; column++) {
      if (column > 0) {
        text.append(' ');
      }
      if (row[column] == 0) {
        text.append(zero);
      } else {
        text.append(row[column]);
      }
    }
  }

  /** The same cells in new rows. */
  static int[][] copy(int[][] board) {
    int[][] copy = board.clone();
    Arrays.setAll(copy, row -> board[row].clone());
    return copy;
  }
}
