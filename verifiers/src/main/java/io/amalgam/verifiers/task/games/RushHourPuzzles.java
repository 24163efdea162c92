package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.task.TaskData;
import java.util.ArrayList;
import java.util.List;

/** The puzzles of a data file in its order; lines are the number of moves and the board. */
record RushHourPuzzles(List<Puzzle> all) {
  static final String FILE = "rush_18k.txt";

  /**
   * A puzzle.
   *
   * @param moves least number of moves
   * @param board its description
   */
  record Puzzle(int moves, String board) {}

  static RushHourPuzzles read(TaskData data) {
    List<Puzzle> puzzles = new ArrayList<>();
    for (String line : data.lines(FILE)) {
      String[] parts = line.strip().split("\\s+");
      if (parts.length >= 2) {
        puzzles.add(new Puzzle(Integer.parseInt(parts[0]), parts[1]));
      }
    }
    return new RushHourPuzzles(List.copyOf(puzzles));
  }

  List<Puzzle> between(int minMoves, int maxMoves) {
    return all.stream().filter(p -> p.moves >= minMoves && p.moves <= maxMoves).toList();
  }
}
