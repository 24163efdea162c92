package io.amalgam.verifiers.task.games;

import java.util.Arrays;

/**
 * The moves of the Frame–Stewart method: put some of the disks aside on a further peg, move the
 * rest with one peg less, and put the first ones on top. Immutable.
 *
 * <p>Source: J. S. Frame and B. M. Stewart, solutions to problem 3918, American Mathematical
 * Monthly 48, 1941.
 */
final class HanoiPlan {
  /** With fewer pegs no tower can be moved. */
  static final int FEWEST_PEGS = 3;

  /** By number of pegs and of disks: moves needed, and the number of disks first put aside. */
  private final long[][] needed;

  private final int[][] aside;

  /** A plan for up to so many disks and pegs. */
  HanoiPlan(int disks, int pegs) {
    needed = new long[pegs + 1][disks + 1];
    aside = new int[pegs + 1][disks + 1];
    for (int count = 1; count <= disks; count++) {
      needed[FEWEST_PEGS][count] = (1L << count) - 1;
      aside[FEWEST_PEGS][count] = count - 1;
    }
    for (int withPegs = FEWEST_PEGS + 1; withPegs <= pegs; withPegs++) {
      for (int count = 1; count <= disks; count++) {
        choose(withPegs, count);
      }
    }
  }

  /** Takes the smallest number of disks to put aside among the best. */
  private void choose(int pegs, int count) {
    needed[pegs][count] = count == 1 ? 1 : Long.MAX_VALUE;
    for (int first = 1; first < count; first++) {
      long total = 2 * needed[pegs][first] + needed[pegs - 1][count - first];
      if (total < needed[pegs][count]) {
        needed[pegs][count] = total;
        aside[pegs][count] = first;
      }
    }
  }

  /** The number of moves. */
  int length(int disks, int pegs) {
    return Math.toIntExact(needed[pegs][disks]);
  }

  /** The moves from a full peg to an empty one, a line each. */
  String moves(int disks, int start, int target, int[] others) {
    StringBuilder moves = new StringBuilder();
    move(moves, 1, disks, start, target, others);
    return moves.toString();
  }

  /** Moves {@code count} disks, of which {@code disk} is the smallest, that lie on one another. */
  private void move(StringBuilder moves, int disk, int count, int from, int to, int[] others) {
    if (count == 1) {
      moves
          .append(moves.isEmpty() ? "Move disk " : "\nMove disk ")
          .append(disk)
          .append(" from Peg ")
          .append(from)
          .append(" to Peg ")
          .append(to);
      return;
    }
    int first = aside[others.length + 2][count];
    int between = others[0];
    move(moves, disk, first, from, between, replacingFirst(others, to));
    move(
        moves, disk + first, count - first, from, to, Arrays.copyOfRange(others, 1, others.length));
    move(moves, disk, first, between, to, replacingFirst(others, from));
  }

  /** The pegs without the first one and with a further one at the end. */
  private static int[] replacingFirst(int[] pegs, int further) {
    int[] replaced = Arrays.copyOfRange(pegs, 1, pegs.length + 1);
    replaced[pegs.length - 1] = further;
    return replaced;
  }
}
