package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Breadth-first search for the least number of alternating moves that swap two sets of knights.
 *
 * <p>Which of several shortest sequences is found depends on the order of Python's sets of square
 * names; here it is that of a process with {@code PYTHONHASHSEED=0}.
 */
final class KnightSearch {
  static final String WHITE = "w";
  static final String BLACK = "B";

  /** A move of a colour's knight. */
  record Move(String colour, int from, int to) {}

  private static final class State {
    /** The squares of either colour in the order in which Python's set yields them. */
    private final int[] white;

    private final int[] black;
    private final boolean whiteMoves;
    private final @Nullable State previous;
    private final @Nullable Move move;

    State(
        int[] white,
        int[] black,
        boolean whiteMoves,
        @Nullable State previous,
        @Nullable Move move) {
      this.white = white;
      this.black = black;
      this.whiteMoves = whiteMoves;
      this.previous = previous;
      this.move = move;
    }
  }

  private final int[][] ways = new int[KnightBoard.ALL][];
  private final int goalWhite;
  private final int goalBlack;
  private final Map<List<Integer>, int[]> orders = new HashMap<>();
  private final Set<Integer> seen = new HashSet<>();
  private final Queue<State> open = new ArrayDeque<>();

  private KnightSearch(KnightBoard board, int goalWhite, int goalBlack) {
    board
        .squares()
        .forEach(s -> ways[s] = board.neighbours(s).stream().mapToInt(to -> to).toArray());
    this.goalWhite = goalWhite;
    this.goalBlack = goalBlack;
  }

  /** The moves that swap the pieces; empty if there are none. */
  static Optional<List<Move>> swap(
      KnightBoard board, Map<Integer, String> pieces, boolean whiteStarts) {
    List<Integer> white = of(board, pieces, WHITE);
    List<Integer> black = of(board, pieces, BLACK);
    KnightSearch search = new KnightSearch(board, mask(black), mask(white));
    search.open.add(
        new State(search.ordered(white), search.ordered(black), whiteStarts, null, null));
    search.seen.add(key(mask(white), mask(black), whiteStarts));
    return search.run();
  }

  private static List<Integer> of(KnightBoard board, Map<Integer, String> pieces, String colour) {
    return board.squares().stream().filter(s -> colour.equals(pieces.get(s))).toList();
  }

  private Optional<List<Move>> run() {
    for (State state = open.poll(); state != null; state = open.poll()) {
      int white = mask(state.white);
      int black = mask(state.black);
      if (white == goalWhite && black == goalBlack) {
        return Optional.of(path(state));
      }
      int[] own = state.whiteMoves ? state.white : state.black;
      for (int i = 0; i < own.length; i++) {
        for (int to : ways[own[i]]) {
          if (((white | black) >> to & 1) == 0) {
            reach(state, white, black, i, to);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Puts the state after a move of the i-th own piece into the queue, unless it was there. */
  private void reach(State state, int white, int black, int i, int to) {
    boolean whiteMoves = state.whiteMoves;
    int[] own = whiteMoves ? state.white : state.black;
    int change = 1 << own[i] | 1 << to;
    if (!seen.add(
        key(
            whiteMoves ? white ^ change : white,
            whiteMoves ? black : black ^ change,
            !whiteMoves))) {
      return;
    }
    List<Integer> moved = new ArrayList<>();
    for (int k = 0; k < own.length; k++) {
      moved.add(k == i ? to : own[k]);
    }
    int[] ordered = ordered(moved);
    Move move = new Move(whiteMoves ? WHITE : BLACK, own[i], to);
    open.add(
        whiteMoves
            ? new State(ordered, state.black, false, state, move)
            : new State(state.white, ordered, true, state, move));
  }

  /** The order in which a set yields squares that were put into it in the given order. */
  private int[] ordered(List<Integer> squares) {
    return orders.computeIfAbsent(
        squares,
        key -> {
          List<String> names = key.stream().map(KnightBoard::name).toList();
          return PythonSet.of(names).toList().stream()
              .mapToInt(name -> key.get(names.indexOf(name)))
              .toArray();
        });
  }

  private static int mask(List<Integer> squares) {
    return squares.stream().mapToInt(square -> 1 << square).sum();
  }

  private static int mask(int[] squares) {
    return Arrays.stream(squares).map(square -> 1 << square).sum();
  }

  private static int key(int white, int black, boolean whiteMoves) {
    return (white << KnightBoard.ALL | black) << 1 | (whiteMoves ? 1 : 0);
  }

  private static List<Move> path(State end) {
    List<Move> moves = new ArrayList<>();
    for (State state = end; state != null; state = state.previous) {
      if (state.move != null) {
        moves.add(state.move);
      }
    }
    Collections.reverse(moves);
    return moves;
  }
}
