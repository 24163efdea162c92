package io.amalgam.verifiers.task.algorithmic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A breadth-first search for the target amount from empty jugs. Of equally short solutions it finds
 * the one whose moves come first in the order of {@link JugMove#all}.
 */
final class JugSearch {
  /** As many amounts of one byte fit into a {@code long}. */
  static final int MAX_JUGS = 8;

  private static final int MAX_STATES = 4_000_000;

  /** Up to this many possible states each has a bit. */
  private static final int MAX_BITS = 1 << 26;

  private final int[] capacities;
  private final int target;
  private final List<JugMove> moves;

  private final Optional<BitSet> seenBits;
  private final Set<Long> seenStates = new HashSet<>();

  private long[] states = new long[1024];
  private int[] parents = new int[1024];
  private byte[] steps = new byte[1024];
  private int count;
  private int found = -1;

  JugSearch(List<Integer> capacities, int target) {
    this.capacities = capacities.stream().mapToInt(Integer::intValue).toArray();
    this.target = target;
    moves = JugMove.all(capacities.size());
    double possible = 1;
    for (int capacity : this.capacities) {
      possible *= capacity + 1;
    }
    seenBits = possible <= MAX_BITS ? Optional.of(new BitSet((int) possible)) : Optional.empty();
    search();
  }

  private void search() {
    int[] amounts = new int[capacities.length];
    visit(amounts, -1, 0);
    for (int current = 0; current < count && found < 0 && !gaveUp(); current++) {
      for (int move = 0; move < moves.size() && found < 0; move++) {
        long state = states[current];
        for (int jug = 0; jug < amounts.length; jug++) {
          amounts[jug] = (int) (state % (capacities[jug] + 1));
          state /= capacities[jug] + 1;
        }
        moves.get(move).apply(amounts, capacities);
        visit(amounts, current, move);
      }
    }
  }

  private void visit(int[] amounts, int parent, int move) {
    long state = 0;
    for (int jug = amounts.length - 1; jug >= 0; jug--) {
      state = state * (capacities[jug] + 1) + amounts[jug];
    }
    if (!isNew(state)) {
      return;
    }
    if (count == states.length) {
      states = Arrays.copyOf(states, 2 * count);
      parents = Arrays.copyOf(parents, 2 * count);
      steps = Arrays.copyOf(steps, 2 * count);
    }
    states[count] = state;
    parents[count] = parent;
    steps[count] = (byte) move;
    for (int amount : amounts) {
      if (amount == target) {
        found = count;
      }
    }
    count++;
  }

  private boolean isNew(long state) {
    if (seenBits.isEmpty()) {
      return seenStates.add(state);
    }
    BitSet bits = seenBits.get();
    if (bits.get((int) state)) {
      return false;
    }
    bits.set((int) state);
    return true;
  }

  /** Whether there were too many states to tell. */
  boolean gaveUp() {
    return count > MAX_STATES && found < 0;
  }

  /** The length of a shortest solution. */
  OptionalInt fewestMoves() {
    return solution().map(path -> OptionalInt.of(path.size())).orElse(OptionalInt.empty());
  }

  /** A shortest solution. */
  Optional<List<JugMove>> solution() {
    if (found < 0) {
      return Optional.empty();
    }
    List<JugMove> path = new ArrayList<>();
    for (int state = found; parents[state] >= 0; state = parents[state]) {
      path.add(moves.get(steps[state]));
    }
    Collections.reverse(path);
    return Optional.of(path);
  }
}
