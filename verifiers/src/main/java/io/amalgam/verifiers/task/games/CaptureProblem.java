package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A board with a white formation that black can capture by one move.
 *
 * @param board the board
 * @param row row of the move, counted from above
 * @param col column of the move
 */
record CaptureProblem(GoBoard board, int row, int col) {
  /** Stones of the configured number that are kept for the formation. */
  private static final int RESERVED = 4;

  private static final int PLACES_TRIED = 50;

  /** So many stones above the configured number a decoy may still be added. */
  private static final int DECOY_MARGIN = 7;

  private static final int DECOY_DISTANCE = 2;

  /** A position in which as many draws find no legal point is taken to have none. */
  private static final int MOST_REFUSALS = 100_000;

  private record Offset(int down, int right) {}

  private record Formation(List<Offset> white, Offset key) {
    List<Offset> all() {
      List<Offset> all = new ArrayList<>(white);
      all.add(key);
      return all;
    }
  }

  private static final List<Formation> FORMATIONS =
      List.of(
          new Formation(
              List.of(new Offset(0, 0), new Offset(-1, 0), new Offset(1, 0), new Offset(0, -1)),
              new Offset(0, 1)),
          new Formation(
              List.of(new Offset(0, 0), new Offset(0, 1), new Offset(1, 0)), new Offset(1, 1)),
          new Formation(
              List.of(new Offset(0, -1), new Offset(0, 0), new Offset(0, 1), new Offset(1, 0)),
              new Offset(-1, 0)));

  /** Draws a problem; empty if no place for a formation is found. */
  static Optional<CaptureProblem> draw(PythonRandom random, int size, int maxStones) {
    GoBoard board = new GoBoard(size);
    if (!scatter(random, board, maxStones - RESERVED)) {
      return Optional.empty();
    }
    for (int attempt = 0; attempt < PLACES_TRIED; attempt++) {
      int row = random.randint(1, size - 2);
      int col = random.randint(1, size - 2);
      Formation formation = random.choice(FORMATIONS);
      if (formation.all().stream()
          .allMatch(o -> board.at(row + o.down, col + o.right) == GoBoard.EMPTY)) {
        CaptureProblem problem =
            new CaptureProblem(board, row + formation.key.down, col + formation.key.right);
        problem.surround(formation, row, col);
        if (board.stones() < maxStones + DECOY_MARGIN) {
          problem.addDecoy(random, row, col);
        }
        if (board.isLegal(problem.row, problem.col, GoBoard.BLACK)) {
          return Optional.of(problem);
        }
      }
    }
    return Optional.empty();
  }

  /** Plays random legal moves of both colours; false if no legal one is left. */
  private static boolean scatter(PythonRandom random, GoBoard board, int stones) {
    int refused = 0;
    int placed = 0;
    while (placed < stones) {
      int row = random.randint(0, board.size() - 1);
      int col = random.randint(0, board.size() - 1);
      char stone = colour(random);
      if (board.isLegal(row, col, stone)) {
        board.play(row, col, stone);
        placed++;
        refused = 0;
      } else if (++refused > MOST_REFUSALS) {
        return false;
      }
    }
    return true;
  }

  private static char colour(PythonRandom random) {
    return random.random() < 0.5 ? GoBoard.BLACK : GoBoard.WHITE;
  }

  /** Puts the white stones and black ones onto all their liberties but the key point. */
  private void surround(Formation formation, int centerRow, int centerCol) {
    List<Integer> white = new ArrayList<>();
    for (Offset offset : formation.white) {
      board.set(centerRow + offset.down, centerCol + offset.right, GoBoard.WHITE);
      white.add((centerRow + offset.down) * board.size() + centerCol + offset.right);
    }
    int key = row * board.size() + col;
    for (int stone : white) {
      for (int point : board.beside(stone)) {
        int pointRow = point / board.size();
        int pointCol = point % board.size();
        if (point != key && board.at(pointRow, pointCol) == GoBoard.EMPTY) {
          board.set(pointRow, pointCol, GoBoard.BLACK);
        }
      }
    }
  }

  /** Puts a stone of a drawn colour two steps from the formation's centre, where there is room. */
  private void addDecoy(PythonRandom random, int centerRow, int centerCol) {
    List<Offset> places = new ArrayList<>();
    for (int down = -DECOY_DISTANCE; down <= DECOY_DISTANCE; down++) {
      for (int right = -DECOY_DISTANCE; right <= DECOY_DISTANCE; right++) {
        int placeRow = centerRow + down;
        int placeCol = centerCol + right;
        if (Math.abs(down) + Math.abs(right) == DECOY_DISTANCE
            && board.contains(placeRow, placeCol)
            && board.at(placeRow, placeCol) == GoBoard.EMPTY
            && !(placeRow == row && placeCol == col)) {
          places.add(new Offset(placeRow, placeCol));
        }
      }
    }
    if (!places.isEmpty()) {
      Offset place = random.choice(places);
      board.set(place.down, place.right, colour(random));
    }
  }

  /** The move as a letter and a number, rows counted from below. */
  String move() {
    return (char) ('A' + col) + Integer.toString(board.size() - row);
  }
}
