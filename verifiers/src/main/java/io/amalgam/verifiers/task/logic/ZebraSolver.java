package io.amalgam.verifiers.task.logic;

import java.util.List;

/**
 * Says whether clues leave only the intended solution of a zebra puzzle.
 *
 * <p>Every trait has the set of houses it may still be in, as bits. Clues and "one trait of a
 * characteristic per house" narrow these sets until nothing changes; then a trait with fewest
 * houses is tried in each.
 */
final class ZebraSolver {
  /** Far more than any puzzle of seven people needs. */
  private static final int MOST_STEPS = 20_000_000;

  private final int houses;
  private final int characteristics;
  private final int[] solution;
  private int steps;

  /**
   * A solver for one puzzle.
   *
   * @param solution the house of every trait; {@code houses} traits of each characteristic in turn
   */
  ZebraSolver(int houses, int[] solution) {
    this.houses = houses;
    this.characteristics = solution.length / houses;
    this.solution = solution.clone();
  }

  /** Whether no other assignment than the solution fulfils the clues; the solution must. */
  boolean isOnlySolution(List<ZebraClue> clues) {
    int[] open = new int[solution.length];
    int everywhere = (1 << houses) - 1;
    for (int trait = 0; trait < open.length; trait++) {
      open[trait] = everywhere;
    }
    int[] pairs = new int[clues.size() * 3];
    int length = 0;
    for (ZebraClue clue : clues) {
      if (clue.kind() == ZebraClue.Kind.FOUND_AT) {
        open[clue.first()] &= 1 << clue.second();
      } else {
        pairs[length++] = clue.kind().ordinal();
        pairs[length++] = clue.first();
        pairs[length++] = clue.second();
      }
    }
    steps = 0;
    return !hasOther(open, pairs, length);
  }

  /** Whether an assignment within the open houses differs from the solution. */
  private boolean hasOther(int[] open, int[] pairs, int length) {
    if (++steps > MOST_STEPS) {
      throw new IllegalStateException("zebra puzzle too hard to check");
    }
    if (!narrow(open, pairs, length)) {
      return false;
    }
    int chosen = -1;
    int fewest = Integer.MAX_VALUE;
    boolean other = false;
    for (int trait = 0; trait < open.length; trait++) {
      int count = Integer.bitCount(open[trait]);
      if (count == 1) {
        other |= open[trait] != 1 << solution[trait];
      } else if (count < fewest) {
        fewest = count;
        chosen = trait;
      }
    }
    if (chosen < 0) {
      return other;
    }
    // Houses other than the solution's first: whatever they lead to is another solution.
    int intended = open[chosen] & 1 << solution[chosen];
    for (int rest = open[chosen] ^ intended; rest != 0; rest &= rest - 1) {
      if (hasOtherWith(open, chosen, rest & -rest, pairs, length)) {
        return true;
      }
    }
    return intended != 0 && hasOtherWith(open, chosen, intended, pairs, length);
  }

  private boolean hasOtherWith(int[] open, int trait, int house, int[] pairs, int length) {
    int[] tried = open.clone();
    tried[trait] = house;
    return hasOther(tried, pairs, length);
  }

  /** Removes houses that cannot be; false if a trait has none left. */
  private boolean narrow(int[] open, int[] pairs, int length) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < length; i += 3) {
        int first = pairs[i + 1];
        int second = pairs[i + 2];
        int a = open[first];
        int b = open[second];
        int newA = a & besides(pairs[i], b, false);
        int newB = b & besides(pairs[i], newA, true);
        if (newA == 0 || newB == 0) {
          return false;
        }
        changed |= newA != a || newB != b;
        open[first] = newA;
        open[second] = newB;
      }
      for (int c = 0; c < characteristics; c++) {
        int before = sum(open, c);
        if (!separate(open, c * houses)) {
          return false;
        }
        changed |= before != sum(open, c);
      }
    }
    return true;
  }

  /** Houses that the second trait may be in given the first's, or the reverse. */
  private static int besides(int kind, int houses, boolean ofSecond) {
    if (kind == ZebraClue.Kind.SAME_HOUSE.ordinal()) {
      return houses;
    }
    if (kind == ZebraClue.Kind.BESIDE.ordinal()) {
      return houses << 1 | houses >> 1;
    }
    return ofSecond ? houses << 1 : houses >> 1;
  }

  /** Sets only shrink, so their total tells whether one did. */
  private int sum(int[] open, int characteristic) {
    int total = 0;
    for (int i = 0; i < houses; i++) {
      total += open[characteristic * houses + i];
    }
    return total;
  }

  /** Takes settled houses from the other traits; settles a trait that alone can be in a house. */
  private boolean separate(int[] open, int start) {
    int once = 0;
    int twice = 0;
    for (int i = start; i < start + houses; i++) {
      if (Integer.bitCount(open[i]) == 1) {
        for (int k = start; k < start + houses; k++) {
          if (k != i) {
            open[k] &= ~open[i];
          }
        }
      }
    }
    for (int i = start; i < start + houses; i++) {
      if (open[i] == 0) {
        return false;
      }
      twice |= once & open[i];
      once |= open[i];
    }
    if (once != (1 << houses) - 1) {
      return false;
    }
    int alone = once & ~twice;
    for (int i = start; i < start + houses; i++) {
      int only = open[i] & alone;
      if (only != 0) {
        if (Integer.bitCount(only) > 1) {
          return false;
        }
        open[i] = only;
      }
    }
    return true;
  }
}
