package io.amalgam.policy.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One token or mixture sequence whose keys and values are computed once and stored in several rows
 * of a cache.
 *
 * <p>If {@code apart} is 0, positions 0 … length−1 are stored in every row. Otherwise the first
 * {@code apart} positions are stored once, at place {@code shared}, and every row holds what
 * follows; values are then summed in these two parts.
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
 * @param shared place that receives the first {@code apart} positions; {@link CacheRun#NOWHERE}:
 *     they are computed but not stored
 * @param apart a multiple of {@link KvCache#STRIDE}
 */
public record PrefillSequence(
    int[] rows,
    int k,
    int[] ids,
    float[] weights,
    boolean maximum,
    float[] noise,
    int shared,
    int apart) {
  /** Whole sequences in every row. */
  public PrefillSequence(
      int[] rows, int k, int[] ids, float[] weights, boolean maximum, float[] noise) {
    this(rows, k, ids, weights, maximum, noise, CacheRun.NOWHERE, 0);
  }

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
    if (apart < 0 || apart % KvCache.STRIDE != 0 || apart > ids.length / k) {
      throw new IllegalArgumentException(
          apart + " positions apart are not whole strides of " + ids.length / k);
    }
  }

  /** A plain token sequence. */
  public static PrefillSequence ofTokens(int[] rows, int[] ids) {
    return new PrefillSequence(rows, 1, ids, new float[0]);
  }

  /** The same for other rows, with the first {@code positions} stored once at {@code place}. */
  public PrefillSequence placed(int[] places, int place, int positions) {
    return new PrefillSequence(places, k, ids, weights, maximum, noise, place, positions);
  }

  /** Positions {@code from} … {@code to}−1 of it, in one row that holds them all. */
  public PrefillSequence slice(int from, int to, int place) {
    int hidden = noise.length / Math.max(1, length());
    return new PrefillSequence(
        new int[] {place},
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

  /**
   * Positions that one place receives, at its beginning.
   *
   * @param from the first of them
   */
  public record Target(int place, int from, int length) {}

  /** What goes where; nothing that is empty. */
  public List<Target> targets() {
    List<Target> out = new ArrayList<>();
    if (shared != CacheRun.NOWHERE && apart > 0) {
      out.add(new Target(shared, 0, apart));
    }
    if (length() > apart) {
      for (int place : rows) {
        out.add(new Target(place, apart, length() - apart));
      }
    }
    return out;
  }
}
