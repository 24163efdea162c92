package io.amalgam.verifiers.task.cognition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Solves a cube of size 3 layer by layer: each stage looks where its pieces are and turns by a
 * table until they are in place.
 */
final class CubeSolver {
  /** A stage that takes as many rounds has failed. */
  private static final int MOST_ROUNDS = 12;

  /** Where the whole cube's turns bring the faces. */
  private static final Map<Character, String> CYCLES =
      Map.of('Y', "FRBL", 'X', "FDBU", 'Z', "ULDR");

  private final Cube cube;
  private final List<CubeMove> moves = new ArrayList<>();

  private CubeSolver(Cube cube) {
    this.cube = cube;
  }

  /** The moves that solve a cube, which is solved by that; empty if a stage does not end. */
  static Optional<String> solve(Cube cube) {
    CubeSolver solver = new CubeSolver(cube);
    for (CubeStage stage : CubeStage.inOrder()) {
      if (!solver.run(stage)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        String.join(" ", shortened(solver.moves).stream().map(m -> "" + m).toList()));
  }

  private boolean run(CubeStage stage) {
    for (int round = 1; round < MOST_ROUNDS; round++) {
      List<Piece> pieces = stage.pieces().stream().map(this::find).toList();
      Optional<CubeStage.Rule> rule =
          stage.rules().stream()
              .filter(r -> pieces.stream().allMatch(p -> r.fits(p.place, p.colours)))
              .findFirst();
      if (rule.isEmpty()) {
        return false;
      }
      rule.get().moves().forEach(cube::turn);
      moves.addAll(rule.get().moves());
      if (!rule.get().again()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A piece.
   *
   * @param place x, y and z as three digits
   * @param colours its colours along the axes it has some
   */
  private record Piece(String place, String colours) {}

  private Piece find(String wanted) {
    for (int x = 0; x < cube.size(); x++) {
      for (int y = 0; y < cube.size(); y++) {
        for (int z = 0; z < cube.size(); z++) {
          StringBuilder colours = new StringBuilder();
          for (int axis = 0; axis < 3; axis++) {
            char colour = cube.colour(x, y, z, axis);
            colours.append(colour == Cube.NONE ? "" : colour);
          }
          if (colours.length() == wanted.length() && sorted(colours).equals(sorted(wanted))) {
            return new Piece("" + x + y + z, colours.toString());
          }
        }
      }
    }
    throw new IllegalStateException("no piece " + wanted);
  }

  private static String sorted(CharSequence text) {
    char[] letters = text.toString().toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  /** Turns of the whole cube are replaced by turning other faces; what cancels out is left out. */
  private static List<CubeMove> shortened(List<CubeMove> moves) {
    List<CubeMove> result = new ArrayList<>();
    List<CubeMove> rotations = new ArrayList<>();
    for (CubeMove written : moves) {
      if (written.turnsWholeCube()) {
        rotations.add(written);
        continue;
      }
      CubeMove move = written;
      for (int i = rotations.size() - 1; i >= 0; i--) {
        move = seen(move, rotations.get(i));
      }
      int last = result.size() - 1;
      if (last >= 0 && result.get(last).equals(move.reverse())) {
        result.remove(last);
      } else if (last >= 1 && result.get(last).equals(move) && result.get(last - 1).equals(move)) {
        result.subList(last - 1, last + 1).clear();
        result.add(move.reverse());
      } else {
        result.add(move);
      }
    }
    return result;
  }

  /** The move that does without a turn of the whole cube what a move does after it. */
  private static CubeMove seen(CubeMove move, CubeMove rotation) {
    String cycle = CYCLES.getOrDefault(rotation.type(), "");
    int place = cycle.indexOf(move.type());
    if (place < 0) {
      return move;
    }
    int step = rotation.reversed() ? cycle.length() - 1 : 1;
    return move.of(cycle.charAt((place + step) % cycle.length()));
  }
}
