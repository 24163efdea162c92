package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.KvCache;
import java.util.ArrayList;
import java.util.List;

/**
 * The lengths of rows that a cache has buckets for: 64, 96, 128, 192, 256, 384, … up to the
 * context, so that a row is at most half as long again as what it holds (above 64 positions).
 *
 * @param lengths positions of the rows of each bucket, rising; multiples of {@link KvCache#STRIDE}
 */
record CacheBuckets(int[] lengths) {
  private static final int SHORTEST = 64;

  /** Buckets for sequences of up to {@code context} positions. */
  static CacheBuckets upTo(int context) {
    int longest = (context + KvCache.STRIDE - 1) / KvCache.STRIDE * KvCache.STRIDE;
    List<Integer> all = new ArrayList<>();
    for (int power = SHORTEST; power < longest; power *= 2) {
      all.add(power);
      if (power / 2 * 3 < longest) {
        all.add(power / 2 * 3);
      }
    }
    all.add(longest);
    return new CacheBuckets(all.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The bucket with the shortest rows that hold so many positions. */
  int of(int positions) {
    for (int b = 0; b < lengths.length; b++) {
      if (positions <= lengths[b]) {
        return b;
      }
    }
    throw new IllegalArgumentException(
        positions + " positions exceed the context of " + lengths[lengths.length - 1]);
  }

  /** Positions that a row for so many takes. */
  int rowLength(int positions) {
    return lengths[of(positions)];
  }
}
