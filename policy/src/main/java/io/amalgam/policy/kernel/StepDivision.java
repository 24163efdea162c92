package io.amalgam.policy.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How the work of a decode step is divided: into so many parts of the rows, each computed by a
 * thread of its own, whose operators are shared by so many threads.
 *
 * @param parts parts of the rows
 * @param operatorThreads threads of an operator of a part
 */
record StepDivision(int parts, int operatorThreads) {
  /** Fewer rows than this do not pay for reading the weights once more. */
  private static final int LEAST_ROWS = 8;

  /** Matrices of fewer bytes are read in the time in which threads meet around them. */
  private static final long LEAST_BYTES = 4 << 20;

  /** The divisions that may be fastest for so many rows; the first if nothing is known. */
  static List<StepDivision> candidates(int rows, int threads, long largestMatrix) {
    int parts = Math.max(1, Math.min(threads, rows / LEAST_ROWS));
    StepDivision divided = new StepDivision(parts, threads / parts);
    StepDivision alone = new StepDivision(1, 1);
    StepDivision shared = new StepDivision(1, threads);
    if (largestMatrix >= LEAST_BYTES) {
      return distinct(shared, divided, alone);
    }
    return parts == 1 ? distinct(alone, shared) : distinct(divided, alone, shared);
  }

  private static List<StepDivision> distinct(StepDivision... all) {
    return List.of(all).stream().distinct().toList();
  }

  /**
   * Finds the fastest by timing, for one range of row numbers. Cores that other programs slow down
   * make a division slow that is fast a minute later, so each is tried again now and then.
   */
  static final class Choice {
    private static final int AGAIN = 48;
    private static final double NEW = 0.3;

    /** The first step of a division may take long for other reasons: the best of some counts. */
    private static final int TRIES = 3;

    private final List<StepDivision> candidates;
    private final double[] nanos;
    private final int[] tries;
    private final int[] since;

    Choice(List<StepDivision> candidates) {
      this.candidates = candidates;
      nanos = new double[candidates.size()];
      Arrays.fill(nanos, Double.POSITIVE_INFINITY);
      tries = new int[candidates.size()];
      since = new int[candidates.size()];
    }

    /** What the next step should use: one tried too rarely, or long not tried, or the fastest. */
    StepDivision next() {
      int rarest = least(i -> tries[i]);
      int longestAgo = least(i -> -since[i]);
      if (tries[rarest] < TRIES) {
        return candidates.get(rarest);
      }
      return candidates.get(since[longestAgo] >= AGAIN ? longestAgo : least(i -> nanos[i]));
    }

    /** The first candidate with the smallest figure. */
    private int least(IntToDoubleFunction figure) {
      return IntStream.range(0, candidates.size())
          .reduce((a, b) -> figure.applyAsDouble(b) < figure.applyAsDouble(a) ? b : a)
          .orElseThrow();
    }

    /** Records what a step took. */
    void took(StepDivision division, long duration) {
      int used = candidates.indexOf(division);
      for (int i = 0; i < since.length; i++) {
        since[i]++;
      }
      since[used] = 0;
      double before = nanos[used];
      nanos[used] =
          tries[used] < TRIES ? Math.min(before, duration) : before + NEW * (duration - before);
      tries[used]++;
    }
  }
}
