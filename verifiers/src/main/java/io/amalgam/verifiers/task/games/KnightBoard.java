package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Some squares of a board of four columns and three rows, joined where a knight jumps. Squares are
 * numbered in the order of their names, A1, A2, A3, B1 and so on.
 */
final class KnightBoard {
  private static final int COLUMNS = 4;
  private static final int ROWS = 3;

  /** The number of squares of the whole board. */
  static final int ALL = COLUMNS * ROWS;

  private final List<Integer> squares;
  private final boolean[][] joined = new boolean[ALL][ALL];

  private KnightBoard(List<Integer> squares) {
    this.squares = List.copyOf(squares);
    for (int from : squares) {
      for (int to : squares) {
        int columns = Math.abs(from / ROWS - to / ROWS);
        int rows = Math.abs(from % ROWS - to % ROWS);
        joined[from][to] = columns * rows == 2;
      }
    }
  }

  /** Draws squares until they hang together; empty after a number of failures. */
  static Optional<KnightBoard> draw(PythonRandom random, int count, int failures) {
    List<Integer> all = IntStream.range(0, ALL).boxed().toList();
    for (int attempt = 0; attempt <= failures; attempt++) {
      KnightBoard board = new KnightBoard(random.sample(all, count));
      if (board.isConnected()) {
        return Optional.of(board);
      }
    }
    return Optional.empty();
  }

  private boolean isConnected() {
    List<Integer> reached = new ArrayList<>(squares.subList(0, 1));
    for (int i = 0; i < reached.size(); i++) {
      for (int next : neighbours(reached.get(i))) {
        if (!reached.contains(next)) {
          reached.add(next);
        }
      }
    }
    return reached.size() == squares.size();
  }

  /** The squares in drawn order. */
  List<Integer> squares() {
    return squares;
  }

  static String name(int square) {
    return (char) ('A' + square / ROWS) + Integer.toString(square % ROWS + 1);
  }

  boolean joins(int from, int to) {
    return joined[from][to];
  }

  /** The same board without the way between two squares. */
  KnightBoard without(int from, int to) {
    KnightBoard board = new KnightBoard(squares);
    board.joined[from][to] = false;
    board.joined[to][from] = false;
    return board;
  }

  /** The squares one jump away, in ascending order. */
  List<Integer> neighbours(int square) {
    return IntStream.range(0, ALL).filter(to -> joined[square][to]).boxed().toList();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (int square : squares) {
      ArrayNode ways = json.putArray(name(square));
      neighbours(square).forEach(to -> ways.add(name(to)));
    }
    return json;
  }

  /** The board with its pieces, rows from above; left out squares stay blank. */
  String print(Map<Integer, String> pieces) {
    List<Integer> columns = squares.stream().map(s -> s / ROWS).distinct().sorted().toList();
    String rule = "   " + "----".repeat(columns.size());
    StringBuilder text = new StringBuilder("   ");
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? " " : "   ").append((char) ('A' + columns.get(i)));
    }
    text.append('\n').append(rule);
    for (int row = ROWS - 1; row >= 0; row--) {
      int current = row;
      if (squares.stream().anyMatch(s -> s % ROWS == current)) {
        text.append('\n').append(row + 1).append(" |");
        for (int column : columns) {
          int square = column * ROWS + row;
          String shown = squares.contains(square) ? pieces.getOrDefault(square, ".") : " ";
          text.append(' ').append(shown).append(" |");
        }
        text.append('\n').append(rule);
      }
    }
    return text.toString();
  }
}
