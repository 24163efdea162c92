package io.amalgam.verifiers.task.algorithmic;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to change what is in the jugs.
 *
 * @param kind what is done
 * @param jug the jug it is done to, or poured from
 * @param into the jug poured into; the same jug for other kinds
 */
record JugMove(Kind kind, int jug, int into) {
  enum Kind {
    FILL,
    EMPTY,
    POUR
  }

  static String label(int jug) {
    return Character.toString('A' + jug);
  }

  /** All moves of some jugs: for each jug in turn fill, empty, pour into every other. */
  static List<JugMove> all(int jugs) {
    List<JugMove> moves = new ArrayList<>();
    for (int jug = 0; jug < jugs; jug++) {
      moves.add(new JugMove(Kind.FILL, jug, jug));
      moves.add(new JugMove(Kind.EMPTY, jug, jug));
      for (int into = 0; into < jugs; into++) {
        if (into != jug) {
          moves.add(new JugMove(Kind.POUR, jug, into));
        }
      }
    }
    return List.copyOf(moves);
  }

  /** Changes the amounts in place. */
  void apply(int[] amounts, int[] capacities) {
    switch (kind) {
      case FILL -> amounts[jug] = capacities[jug];
      case EMPTY -> amounts[jug] = 0;
      case POUR -> {
        int poured = Math.min(amounts[jug], capacities[into] - amounts[into]);
        amounts[jug] -= poured;
        amounts[into] += poured;
      }
    }
  }

  /** The move as answers write it. */
  String text() {
    return switch (kind) {
      case FILL -> "fill " + label(jug);
      case EMPTY -> "empty " + label(jug);
      case POUR -> "pour " + label(jug) + "->" + label(into);
    };
  }
}
