package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.Arrays;

/**
 * The ids that a repetition penalty applies to in one decode step: their logits, before the
 * temperature, are divided by the penalty where positive and multiplied by it where not
 * (transformers' definition, after CTRL, arXiv 1909.05858), once per id.
 *
 * @param penalty above 0; 1: none
 * @param ids per row, in any order, each at least once; at least one per row
 */
public record SeenIds(float penalty, int[][] ids) {
  /** No penalty. */
  public static final SeenIds NONE = new SeenIds(1, new int[0][]);

  /** Checks the penalty. */
  public SeenIds {
    if (!(penalty > 0)) {
      throw new IllegalArgumentException("repetition penalty is " + penalty + ", must be above 0");
    }
  }

  /** Whether there is a penalty. */
  public boolean on() {
    return penalty != 1;
  }

  /** Those of rows {@code from} … {@code to}−1. */
  SeenIds part(int from, int to) {
    return on() ? new SeenIds(penalty, Arrays.copyOfRange(ids, from, to)) : NONE;
  }

  /**
   * [rows, most ids of a row] with each row filled up by its first id; [0] without a penalty.
   *
   * @param vocabulary number of ids
   */
  PtNDArray padded(CallScope scope, int rows, int vocabulary) {
    int widest = on() ? Arrays.stream(ids).mapToInt(row -> row.length).max().orElse(0) : 0;
    if (widest == 0) {
      return scope.tensor(new long[0], 0);
    }
    long[] out = new long[rows * widest];
    for (int b = 0; b < rows; b++) {
      if (ids[b].length == 0) {
        throw new IllegalArgumentException("row " + b + " has no ids to penalise");
      }
      for (int i = 0; i < widest; i++) {
        int id = ids[b][i < ids[b].length ? i : 0];
        if (id < 0 || id >= vocabulary) {
          throw new IllegalArgumentException(
              "id " + id + " is outside the vocabulary of " + vocabulary);
        }
        out[b * widest + i] = id;
      }
    }
    return scope.tensor(out, rows, widest);
  }
}
