package io.amalgam.policy.mixture;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Distinct draws in the order in which they are stored.
 *
 * @param ids [slots] ids
 * @param logProbs [slots] log p
 * @param logRemaining [slots] log of the mass outside the slots before
 * @param first index of what was drawn first
 */
record DrawnIds(int[] ids, float[] logProbs, float[] logRemaining, int first) {
  /** The first {@code slots} draws in their order. */
  static DrawnIds asDrawn(Candidates c, int slots) {
    return new DrawnIds(
        Arrays.copyOf(c.drawIds(), slots),
        Arrays.copyOf(c.drawLogProbs(), slots),
        Arrays.copyOf(c.drawLogRemaining(), slots),
        0);
  }

  /** The first {@code slots} draws by falling probability, earlier draws first among equals. */
  static DrawnIds sorted(Candidates c, int slots) {
    int[] order =
        IntStream.range(0, slots)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -c.drawLogProbs()[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ids = new int[slots];
    float[] logProbs = new float[slots];
    float[] logRemaining = new float[slots];
    double mass = beside(c, slots);
    int first = 0;
    for (int j = slots - 1; j >= 0; j--) {
      ids[j] = c.drawIds()[order[j]];
      logProbs[j] = c.drawLogProbs()[order[j]];
      mass += Math.exp(logProbs[j]);
      logRemaining[j] = j == 0 ? 0 : (float) Math.log(mass);
      first = order[j] == 0 ? j : first;
    }
    return new DrawnIds(ids, logProbs, logRemaining, first);
  }

  /**
   * The mass outside all of them: the next draw's, if one was made; else a difference, which is
   * poor only where the last draw holds nearly all that was left.
   */
  private static double beside(Candidates c, int slots) {
    if (c.drawIds().length > slots) {
      return Math.exp(c.drawLogRemaining()[slots]);
    }
    int last = slots - 1;
    double left = Math.exp(c.drawLogRemaining()[last]) - Math.exp(c.drawLogProbs()[last]);
    return Math.max(left, 0);
  }
}
