package io.amalgam.verifiers.task.games;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The moves of the Frame–Stewart method: put some of the disks aside on a further peg, move the
 * rest with one peg less, and put the first ones on top. Not thread-safe.
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
  private final int disks;
  private final List<Deque<Integer>> stacks = new ArrayList<>();
  private final List<String> moves = new ArrayList<>();

  HanoiPlan(int disks, int pegs) {
    this.disks = disks;
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
    for (int peg = 0; peg <= pegs; peg++) {
      stacks.add(new ArrayDeque<>());
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

  /** The moves from a full peg to an empty one; called once. */
  List<String> moves(int start, int target, List<Integer> others) {
    for (int disk = disks; disk > 0; disk--) {
      stacks.get(start).push(disk);
    }
    move(disks, start, target, others);
    return moves;
  }

  private void move(int count, int from, int to, List<Integer> others) {
    if (count == 0) {
      return;
    }
    if (count == 1) {
      int disk = stacks.get(from).pop();
      stacks.get(to).push(disk);
      moves.add("Move disk " + disk + " from Peg " + from + " to Peg " + to);
      return;
    }
    int first = aside[others.size() + 2][count];
    int between = others.get(0);
    List<Integer> rest = others.subList(1, others.size());
    move(first, from, between, with(rest, to));
    move(count - first, from, to, rest);
    move(first, between, to, with(rest, from));
  }

  private static List<Integer> with(List<Integer> pegs, int further) {
    List<Integer> more = new ArrayList<>(pegs);
    more.add(further);
    return more;
  }
}
