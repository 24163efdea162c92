package io.amalgam.policy.model.lora;

import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ParameterLayout;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shape of a low-rank adapter (Hu et al., 2021): each targeted matrix W becomes W + scale·B·A.
 *
 * @param rank rows of A and columns of B, at least 1
 * @param alpha numerator of the scale, above 0
 * @param targets the matrices it attaches to, in every layer; at least one
 * @param rankStabilised whether the scale is alpha/√rank (Kalajdzievski, 2023) instead of
 *     alpha/rank
 */
public record LoraSpec(int rank, double alpha, Set<LoraTarget> targets, boolean rankStabilised) {
  /** Checks the ranges; copies the targets, in the order of {@link LoraTarget}. */
  public LoraSpec {
    if (rank < 1) {
      throw new IllegalArgumentException("the rank of an adapter is " + rank + ", must be above 0");
    }
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException(
          "alpha of an adapter is " + alpha + ", must be a number above 0");
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an adapter needs a target, such as q_proj");
    }
    targets = Collections.unmodifiableSet(EnumSet.copyOf(targets));
  }

  /** An adapter of every linear layer with the scale alpha/rank. */
  public static LoraSpec ofAllLinears(int rank, double alpha) {
    return new LoraSpec(rank, alpha, EnumSet.allOf(LoraTarget.class), false);
  }

  /** What B·A is multiplied by. */
  public double scale() {
    return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
  }

  /**
   * Name to shape of an adapter's tensors for that model, in alphabetical order: {@code
   * model.layers.N.….lora_A.weight} [rank, in] and {@code lora_B} [out, rank].
   */
  public SortedMap<String, long[]> parameters(ModelConfig config) {
    SortedMap<String, long[]> base = ParameterLayout.of(config);
    SortedMap<String, long[]> out = new TreeMap<>();
    for (int l = 0; l < config.layers(); l++) {
      for (LoraTarget t : targets) {
        long[] matrix = base.getOrDefault(t.weight(l), new long[2]);
        out.put(t.a(l), new long[] {rank, matrix[1]});
        out.put(t.b(l), new long[] {matrix[0], rank});
      }
    }
    return Collections.unmodifiableSortedMap(out);
  }
}
