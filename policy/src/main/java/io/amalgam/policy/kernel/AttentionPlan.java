package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How packed sequences are gathered into padded groups of similar length for attention.
 *
 * <p>Padding is on the right, so a causal mask hides it, and its queries get no gradient: results
 * do not change. A sequence joins a group while it is at least three quarters as long as the
 * longest, and if it sums as many first positions apart.
 */
final class AttentionPlan {
  private final IValue groups;
  private final IValue sizes;

  /**
   * @param apart per sequence, so many first positions are summed apart from the others
   * @param most pairs of positions in a group with more than one sequence, per head
   */
  AttentionPlan(CallScope scope, int[] lengths, int[] apart, int most) {
    List<PtNDArray> tensors = new ArrayList<>();
    List<long[]> grouped = new ArrayList<>();
    if (IntStream.of(lengths).allMatch(n -> n == lengths[0])
        && IntStream.of(apart).allMatch(n -> n == apart[0])) {
      int together = Math.max(1, most / lengths[0] / lengths[0]);
      for (int from = 0; from < lengths.length; from += together) {
        for (int i = 0; i < 3; i++) {
          tensors.add(scope.tensor(new long[0], 0));
        }
        grouped.add(new long[] {Math.min(together, lengths.length - from), lengths[0], apart[0]});
      }
    } else {
      group(scope, lengths, apart, most, tensors, grouped);
    }
    groups = scope.list(tensors.toArray(new PtNDArray[0]));
    sizes = scope.integers(grouped.stream().flatMapToLong(Arrays::stream).toArray());
  }

  /** [source, real, place] of each group. */
  IValue groups() {
    return groups;
  }

  /** [sequences, padded length, positions apart] of each group. */
  IValue sizes() {
    return sizes;
  }

  private static void group(
      CallScope scope,
      int[] lengths,
      int[] apart,
      int most,
      List<PtNDArray> tensors,
      List<long[]> grouped) {
    int[] starts = new int[lengths.length];
    for (int i = 1; i < lengths.length; i++) {
      starts[i] = starts[i - 1] + lengths[i - 1];
    }
    Integer[] order = IntStream.range(0, lengths.length).boxed().toArray(Integer[]::new);
    Comparator<Integer> byApart = Comparator.comparingInt(i -> apart[i]);
    Arrays.sort(order, byApart.thenComparingInt(i -> -lengths[i]));
    int from = 0;
    while (from < order.length) {
      int longest = lengths[order[from]];
      int to = from;
      int tokens = 0;
      int common = apart[order[from]];
      int together = Math.max(1, most / longest / longest);
      while (to < order.length
          && to - from < together
          && apart[order[to]] == common
          && 4 * lengths[order[to]] >= 3 * longest) {
        tokens += lengths[order[to++]];
      }
      long[] source = new long[(to - from) * longest];
      long[] real = new long[tokens];
      long[] place = new long[tokens];
      int next = 0;
      for (int r = 0; r < to - from; r++) {
        int sequence = order[from + r];
        for (int t = 0; t < longest; t++) {
          int token = starts[sequence] + Math.min(t, lengths[sequence] - 1);
          source[r * longest + t] = token;
          if (t < lengths[sequence]) {
            real[next] = (long) r * longest + t;
            place[next++] = token;
          }
        }
      }
      tensors.add(scope.tensor(source, source.length));
      tensors.add(scope.tensor(real, tokens));
      tensors.add(scope.tensor(place, tokens));
      grouped.add(new long[] {to - from, longest, common});
      from = to;
    }
  }
}
