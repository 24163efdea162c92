package io.amalgam.verifiers.task.games;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Best-first search for a Sokoban solution: positions are ordered by the cost of the last move plus
 * an estimate of the position before it, then by their own estimate; the first solution made is
 * taken, which need not be the shortest.
 *
 * <p>A position met on several ways is worked on each time it comes up, because the order in which
 * solutions are found depends on it.
 */
final class SokobanSearch {
  /** Costs of a push onto a goal, another push, and a step. */
  private static final int PUSH_TO_GOAL = 0;

  private static final int PUSH = 2;
  private static final int STEP = 3;

  private static final String STUCK_SQUARE = "@$+";

  private final int height;
  private final int width;
  private final int maxDepth;
  private final int maxPositions;

  /** Changes of the cell number, in the order in which moves are tried. */
  private final int[] moves;

  private static final char[] MOVE_NAMES = {'D', 'U', 'L', 'R'};

  private final byte[] next;
  private final PriorityQueue<Position> open = new PriorityQueue<>(ORDER);
  private final Set<String> closed = new HashSet<>();

  private record Position(
      int priority, int estimate, String cells, int player, int depth, String path) {}

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::priority)
          .thenComparingInt(Position::estimate)
          .thenComparing(Position::cells)
          .thenComparingInt(Position::player)
          .thenComparingInt(Position::depth)
          .thenComparing(Position::path);

  /**
   * A search for boards of one size.
   *
   * @param maxDepth the search ends after a position further from the start than this
   * @param maxPositions the search ends when it has made so many positions
   */
  SokobanSearch(int height, int width, int maxDepth, int maxPositions) {
    this.height = height;
    this.width = width;
    this.maxDepth = maxDepth;
    this.maxPositions = maxPositions;
    moves = new int[] {width, -width, -1, 1};
    next = new byte[height * width];
  }

  /** The moves that solve a board given by its cells, if the search finds any. */
  Optional<String> solve(String start) {
    int player = Math.max(start.indexOf('*'), start.indexOf('%'));
    open.add(new Position(0, estimate(bytes(start), player), start, player, 0, ""));
    for (int made = 0; !open.isEmpty() && made < maxPositions; ) {
      Position position = open.remove();
      closed.add(position.cells);
      for (int move = 0; move < moves.length; move++) {
        Optional<Position> reached = move(position, move);
        if (reached.isPresent()) {
          if (reached.get().cells.indexOf('@') < 0) {
            return Optional.of(reached.get().path);
          }
          open.add(reached.get());
          made++;
        }
      }
      if (position.depth > maxDepth) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The position after a move, unless it is impossible, hopeless or was worked on. */
  private Optional<Position> move(Position position, int move) {
    String cells = position.cells;
    int from = position.player;
    int to = from + moves[move];
    char target = cells.charAt(to);
    int cost = STEP;
    if (target == '+') {
      return Optional.empty();
    }
    fill(cells);
    if (target == '@' || target == '$') {
      int beyond = to + moves[move];
      char behind = cells.charAt(beyond);
      if (behind != '-' && behind != 'X') {
        return Optional.empty();
      }
      next[beyond] = (byte) (behind == '-' ? '@' : '$');
      cost = behind == '-' ? PUSH : PUSH_TO_GOAL;
    }
    next[to] = (byte) (target == '-' || target == '@' ? '*' : '%');
    next[from] = (byte) (cells.charAt(from) == '*' ? '-' : 'X');
    if (deadlock()) {
      return Optional.empty();
    }
    String reached = new String(next, StandardCharsets.ISO_8859_1);
    if (closed.contains(reached)) {
      return Optional.empty();
    }
    return Optional.of(
        new Position(
            cost + position.estimate,
            estimate(next, to),
            reached,
            to,
            position.depth + 1,
            position.path + MOVE_NAMES[move]));
  }

  private void fill(String cells) {
    for (int i = 0; i < next.length; i++) {
      next[i] = (byte) cells.charAt(i);
    }
  }

  private static byte[] bytes(String cells) {
    return cells.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Boxes beside goals count a whole board each and their distance to the nearest goal; the player
   * adds the distance to the nearest of them.
   */
  private int estimate(byte[] cells, int player) {
    int total = 0;
    int playerDistance = Integer.MAX_VALUE;
    for (int box = 0; box < cells.length; box++) {
      if (cells[box] == '@') {
        int goalDistance = Integer.MAX_VALUE;
        for (int goal = 0; goal < cells.length; goal++) {
          if (cells[goal] == 'X' || cells[goal] == '%') {
            goalDistance = Math.min(goalDistance, distance(box, goal));
          }
        }
        total += height * width + goalDistance;
        playerDistance = Math.min(playerDistance, distance(box, player));
      }
    }
    return playerDistance == Integer.MAX_VALUE ? total : total + playerDistance;
  }

  private int distance(int a, int b) {
    return Math.abs(a / width - b / width) + Math.abs(a % width - b % width);
  }

  /** Whether some box can never reach a goal, as far as simple patterns show it. */
  private boolean deadlock() {
    for (int box = width; box < next.length - width; box++) {
      if (next[box] == '@' && (cornered(box) || squareStuck(box))) {
        return true;
      }
    }
    return crowded(width + 1, 1, width - 2)
        || crowded(width * (height - 2) + 1, 1, width - 2)
        || crowded(width + 1, width, height - 2)
        || crowded(2 * width - 2, width, height - 2);
  }

  private boolean cornered(int box) {
    boolean aside = next[box - 1] == '+' || next[box + 1] == '+';
    boolean above = next[box - width] == '+' || next[box + width] == '+';
    return aside && above;
  }

  /** Whether a box is in a square of four cells that are all walls or boxes. */
  private boolean squareStuck(int box) {
    return (stuck(box - 1) && (stuck(box, -1, -width) || stuck(box, -1, width)))
        || (stuck(box + 1) && (stuck(box, 1, -width) || stuck(box, 1, width)));
  }

  private boolean stuck(int box, int aside, int along) {
    return stuck(box + along) && stuck(box + along + aside);
  }

  private boolean stuck(int cell) {
    return STUCK_SQUARE.indexOf(next[cell]) >= 0;
  }

  /** Whether a line along the border, which boxes cannot leave, has more boxes than goals. */
  private boolean crowded(int first, int step, int count) {
    int surplus = 0;
    for (int i = 0, cell = first; i < count; i++, cell += step) {
      if (next[cell] == '@') {
        surplus++;
      } else if (next[cell] == 'X' || next[cell] == '%') {
        surplus--;
      }
    }
    return surplus > 0;
  }

  /** The cells of a board as one text. */
  static String cells(char[][] board) {
    StringBuilder cells = new StringBuilder();
    Arrays.stream(board).forEach(cells::append);
    return cells.toString();
  }
}
