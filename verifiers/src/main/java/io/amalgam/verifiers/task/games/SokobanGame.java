package io.amalgam.verifiers.task.games;

import java.util.Arrays;

/** A Sokoban board on which moves are played. Not thread-safe. */
final class SokobanGame {
  private final char[][] board;
  private int row;
  private int column;

  /**
   * The game of a board as questions show it.
   *
   * @throws IllegalArgumentException if it has no player or rows of different lengths
   */
  SokobanGame(String text) {
    board = text.replace(" ", "").strip().lines().map(String::toCharArray).toArray(char[][]::new);
    row = -1;
    for (int r = 0; r < board.length; r++) {
      for (int c = 0; c < board[r].length; c++) {
        if (board[r][c] == '*' || board[r][c] == '%') {
          row = r;
          column = c;
        }
      }
    }
    if (row < 0 || Arrays.stream(board).anyMatch(line -> line.length != board[0].length)) {
      throw new IllegalArgumentException("no Sokoban board");
    }
  }

  /** Moves the player up, down, left or right; impossible and unknown moves do nothing. */
  void play(int move) {
    switch (move) {
      case 'U' -> step(-1, 0);
      case 'D' -> step(1, 0);
      case 'L' -> step(0, -1);
      case 'R' -> step(0, 1);
      default -> {}
    }
  }

  private void step(int down, int right) {
    char target = at(row + down, column + right);
    if (target == '+') {
      return;
    }
    if (target == '@' || target == '$') {
      char beyond = at(row + 2 * down, column + 2 * right);
      if (beyond == '+' || beyond == '@' || beyond == '$') {
        return;
      }
      board[row + 2 * down][column + 2 * right] = beyond == 'X' ? '$' : '@';
    }
    board[row][column] = board[row][column] == '%' ? 'X' : '-';
    row += down;
    column += right;
    board[row][column] = target == 'X' || target == '$' ? '%' : '*';
  }

  /** What is on a cell; beyond the border there is wall. */
  private char at(int atRow, int atColumn) {
    boolean inside =
        atRow >= 0 && atRow < board.length && atColumn >= 0 && atColumn < board[0].length;
    return inside ? board[atRow][atColumn] : '+';
  }

  /** Whether no box is beside a goal. */
  boolean solved() {
    return SokobanSearch.cells(board).indexOf('@') < 0;
  }
}
