package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.stream.Collectors;

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
    return Arrays.stream(board)
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(number -> number == 0 ? zero : Integer.toString(number))
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }

  /** The same cells in new rows. */
  static int[][] copy(int[][] board) {
    return Arrays.stream(board).map(int[]::clone).toArray(int[][]::new);
  }
}
