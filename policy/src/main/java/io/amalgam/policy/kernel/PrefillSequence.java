package io.amalgam.policy.kernel;

import java.util.Arrays;

/**
 * One token or mixture sequence whose keys and values are computed once and stored in several rows
 * of a cache, at positions 0 … length−1.
 *
 * @param rows places of cache rows that receive the keys and values, not empty; {@link
 *     KvCache#place} gives them
 * @param k ids per position
 * @param ids [length, k] row-major
 * @param weights [length, k] mixture weights; empty means that each position is the plain token of
 *     its only id (k = 1)
 * @param maximum whether a mixture is fed as the maximum of its embeddings in each dimension, not
 *     as their weighted sum
 * @param noise [length, hidden] what is added to the fed vectors; empty: nothing
 */
public record PrefillSequence(
    int[] rows, int k, int[] ids, float[] weights, boolean maximum, float[] noise) {
  /** Weighted sums without noise. */
  public PrefillSequence(int[] rows, int k, int[] ids, float[] weights) {
    this(rows, k, ids, weights, false, new float[0]);
  }

  /** Checks that the arrays agree. */
  public PrefillSequence {
    if (rows.length == 0 || k < 1 || ids.length % k != 0) {
      throw new IllegalArgumentException("a prefill sequence needs rows and ids of [length, k]");
    }
    if (weights.length == 0 ? k != 1 : weights.length != ids.length) {
      throw new IllegalArgumentException("weights must be [length, k], or empty when k is 1");
    }
  }

  /** A plain token sequence. */
  public static PrefillSequence ofTokens(int[] rows, int[] ids) {
    return new PrefillSequence(rows, 1, ids, new float[0]);
  }

  /** Positions {@code from} … {@code to}−1 of it, in other rows. */
  public PrefillSequence slice(int from, int to, int... places) {
    int hidden = noise.length / Math.max(1, length());
    return new PrefillSequence(
        places,
        k,
        Arrays.copyOfRange(ids, from * k, to * k),
        weights.length == 0 ? weights : Arrays.copyOfRange(weights, from * k, to * k),
        maximum,
        noise.length == 0 ? noise : Arrays.copyOfRange(noise, from * hidden, to * hidden));
  }

  /** Number of positions. */
  public int length() {
    return ids.length / k;
  }
}
