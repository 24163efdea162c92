package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Sokoban level made backwards: a player walks at random through solid wall, digs floor, and
 * pulls boxes off the goals on which they start. Not thread-safe.
 */
final class SokobanLevel {
  /** The walk ends when a position comes up for the twentieth time. */
  private static final int MOST_REPEATS = 20;

  private static final double SHORTEST_WALK = 1.8;
  private static final double LONGEST_WALK = 3.6;
  private static final double REPEATED_MOVE_WEIGHT = 0.1;

  /** Row and column changes: down, up, left, right. */
  private static final int[][] MOVES = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}};

  private static final List<Integer> MOVE_NUMBERS = List.of(0, 1, 2, 3);

  private final PythonRandom random;
  private final int height;
  private final int width;
  private final char[][] board;
  private final boolean[][] goals;
  private int row;
  private int column;

  /** The move that is less likely next, -1 for none. */
  private int unlikely = -1;

  private SokobanLevel(PythonRandom random, int height, int width) {
    this.random = random;
    this.height = height;
    this.width = width;
    board = new char[height][width];
    goals = new boolean[height][width];
    for (char[] line : board) {
      Arrays.fill(line, '+');
    }
  }

  /** A drawn level; boxes must leave room for the player inside the border. */
  static SokobanLevel draw(PythonRandom random, int height, int width, int boxes) {
    SokobanLevel level = new SokobanLevel(random, height, width);
    level.place(boxes);
    level.walk();
    return level;
  }

  private void place(int boxes) {
    column = random.randint(1, width - 2);
    row = random.randint(1, height - 2);
    board[row][column] = '*';
    for (int placed = 0; placed < boxes; ) {
      int boxRow = random.randint(1, height - 2);
      int boxColumn = random.randint(1, width - 2);
      if (board[boxRow][boxColumn] == '+') {
        board[boxRow][boxColumn] = '$';
        goals[boxRow][boxColumn] = true;
        placed++;
      }
    }
  }

  private void walk() {
    long steps = (long) Math.rint(height * width * random.uniform(SHORTEST_WALK, LONGEST_WALK));
    Map<String, Integer> seen = new HashMap<>();
    double[] weights = new double[MOVES.length];
    for (; steps > 0; steps--) {
      for (int move = 0; move < MOVES.length; move++) {
        weights[move] = move == unlikely ? REPEATED_MOVE_WEIGHT : 1;
      }
      int move = random.choices(MOVE_NUMBERS, weights, 1).get(0);
      int repeats = seen.merge(cells(), 1, Integer::sum);
      step(move);
      if (repeats >= MOST_REPEATS) {
        return;
      }
    }
  }

  private void step(int move) {
    int down = MOVES[move][0];
    int right = MOVES[move][1];
    int newRow = row + down;
    int newColumn = column + right;
    if (newRow < 1 || newRow > height - 2 || newColumn < 1 || newColumn > width - 2) {
      unlikely = move;
      return;
    }
    if (box(newRow, newColumn)) {
      unlikely = move;
      return;
    }
    // Moves come in opposite pairs.
    unlikely = move ^ 1;
    set(newRow, newColumn, '*', '%');
    if (box(row - down, column - right)) {
      set(row, column, '@', '$');
      set(row - down, column - right, '-', 'X');
    } else {
      set(row, column, '-', 'X');
    }
    row = newRow;
    column = newColumn;
  }

  private boolean box(int atRow, int atColumn) {
    return board[atRow][atColumn] == '@' || board[atRow][atColumn] == '$';
  }

  private void set(int atRow, int atColumn, char onFloor, char onGoal) {
    board[atRow][atColumn] = goals[atRow][atColumn] ? onGoal : onFloor;
  }

  /** How many boxes are beside the goals. */
  int misplacedBoxes() {
    return (int) cells().chars().filter(cell -> cell == '@').count();
  }

  /** All cells, row by row. */
  String cells() {
    return SokobanSearch.cells(board);
  }

  /** The board as shown in questions. */
  String text() {
    return Arrays.stream(board)
        .map(line -> String.join(" ", new String(line).split("")) + "  \n")
        .collect(Collectors.joining("", "", "\n"));
  }
}
