package io.amalgam.policy.random;

/**
 * Philox 4x32-10: a counter-based generator of 128 random bits per counter.
 *
 * <p>A pure function of key and counter, so that any number can be computed without the ones before
 * it. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long WORD = 0xFFFFFFFFL;

  private Philox() {}

  /** Replaces the four counter words by 128 random bits, under the key words k0 and k1. */
  static void apply(int[] counter, int k0, int k1) {
    int c0 = counter[0];
    int c1 = counter[1];
    int c2 = counter[2];
    int c3 = counter[3];
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c0 & WORD);
      long p1 = MULTIPLIER_1 * (c2 & WORD);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    counter[0] = c0;
    counter[1] = c1;
    counter[2] = c2;
    counter[3] = c3;
  }

  /** A double in (0, 1), never 0 or 1, from 52 of the 64 bits of two words. */
  static double uniform(int high, int low) {
    long bits = ((long) high << 32 | (low & WORD)) >>> 12;
    return (bits + 0.5) * 0x1p-52;
  }
}
