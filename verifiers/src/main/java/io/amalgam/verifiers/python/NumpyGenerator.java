package io.amalgam.verifiers.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The generator of {@code numpy.random.default_rng}: PCG64 seeded through a seed sequence, and the
 * derived draws of whole numbers with the same consumption of outputs.
 *
 * <p>Two instances with equal seeds give equal sequences for ever. Not thread-safe. Empty ranges
 * and choices from nothing throw {@link EmptyDrawException}, where numpy raises.
 *
 * <p>Sources: O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms
 * for Random Number Generation", 2014 (variant XSL-RR 128/64), and "Developing a seed_seq
 * Alternative", 2015; Lemire, "Fast Random Integer Generation in an Interval", 2019; Floyd's sample
 * in Bentley, "Programming Pearls", 1987.
 */
public final class NumpyGenerator {
  private static final long MULTIPLIER_HIGH = 0x2360ed051fc65da4L;
  private static final long MULTIPLIER_LOW = 0x4385df649fccf645L;
  private static final long WORD = 0xffffffffL;

  /** From this population on numpy may draw without replacement in another way. */
  private static final int LARGE_POPULATION = 10_000;

  private final long incrementHigh;
  private final long incrementLow;
  private long stateHigh;
  private long stateLow;

  /** The high half of an output whose low half has been used, if there is one. */
  private int keptHalf;

  private boolean halfKept;

  /**
   * A generator.
   *
   * @param seed not negative
   */
  public NumpyGenerator(BigInteger seed) {
    if (seed.signum() < 0) {
      throw new IllegalArgumentException("numpy's seeds are not negative");
    }
    long[] seeds = SeedSequence.words(seed, 4);
    incrementHigh = seeds[2] << 1 | seeds[3] >>> 63;
    incrementLow = seeds[3] << 1 | 1;
    advance();
    add(seeds[0], seeds[1]);
    advance();
  }

  /** Spreads a seed over a pool of four words and draws words from it. */
  private static final class SeedSequence {
    private static final int POOL = 4;
    private static final int FIRST_CONSTANT = 0x43b0d7e5;
    private static final int FIRST_FACTOR = 0x931e8875;
    private static final int SECOND_CONSTANT = 0x8b51f9dd;
    private static final int SECOND_FACTOR = 0x58f38ded;
    private static final int MIX_LEFT = 0xca01f9dd;
    private static final int MIX_RIGHT = 0x4973f715;
    private static final int SHIFT = 16;

    private int constant = FIRST_CONSTANT;

    static long[] words(BigInteger seed, int count) {
      int[] pool = new SeedSequence().pool(seed);
      long[] words = new long[count];
      int constant = SECOND_CONSTANT;
      for (int i = 0; i < 2 * count; i++) {
        int value = pool[i % POOL] ^ constant;
        constant *= SECOND_FACTOR;
        value *= constant;
        value ^= value >>> SHIFT;
        words[i / 2] |= (value & WORD) << (i % 2 == 0 ? 0 : Integer.SIZE);
      }
      return words;
    }

    private int[] pool(BigInteger seed) {
      int[] pool = new int[POOL];
      for (int i = 0; i < POOL; i++) {
        pool[i] = hash(word(seed, i));
      }
      for (int from = 0; from < POOL; from++) {
        for (int to = 0; to < POOL; to++) {
          if (from != to) {
            pool[to] = mix(pool[to], hash(pool[from]));
          }
        }
      }
      for (int i = POOL; i * Integer.SIZE < seed.bitLength(); i++) {
        for (int to = 0; to < POOL; to++) {
          pool[to] = mix(pool[to], hash(word(seed, i)));
        }
      }
      return pool;
    }

    private static int word(BigInteger seed, int i) {
      return seed.shiftRight(Integer.SIZE * i).intValue();
    }

    private int hash(int value) {
      int hashed = value ^ constant;
      constant *= FIRST_FACTOR;
      hashed *= constant;
      return hashed ^ hashed >>> SHIFT;
    }

    private static int mix(int left, int right) {
      int mixed = MIX_LEFT * left - MIX_RIGHT * right;
      return mixed ^ mixed >>> SHIFT;
    }
  }

  private void advance() {
    long carry = Math.multiplyHigh(stateLow, MULTIPLIER_LOW);
    // The product's high half is that of unsigned factors.
    carry += (stateLow >> 63 & MULTIPLIER_LOW) + (MULTIPLIER_LOW >> 63 & stateLow);
    stateHigh = stateHigh * MULTIPLIER_LOW + stateLow * MULTIPLIER_HIGH + carry;
    stateLow *= MULTIPLIER_LOW;
    add(incrementHigh, incrementLow);
  }

  private void add(long high, long low) {
    stateLow += low;
    stateHigh += high + (Long.compareUnsigned(stateLow, low) < 0 ? 1 : 0);
  }

  /** The next output, 64 random bits. */
  public long nextLong() {
    advance();
    return Long.rotateRight(stateHigh ^ stateLow, (int) (stateHigh >>> 58));
  }

  /** A double in [0, 1) with 53 random bits ({@code Generator.random}). */
  public double random() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  private int nextWord() {
    if (halfKept) {
      halfKept = false;
      return keptHalf;
    }
    long output = nextLong();
    keptHalf = (int) (output >>> Integer.SIZE);
    halfKept = true;
    return (int) output;
  }

  /**
   * A whole number from {@code low} to below {@code high} ({@code Generator.integers}); a range of
   * one draws nothing.
   */
  public int integers(int low, int high) {
    if (low >= high) {
      throw new EmptyDrawException("low >= high for a random draw");
    }
    long count = (long) high - low;
    if (count == 1) {
      return low;
    }
    long product = (nextWord() & WORD) * count;
    if ((product & WORD) < count) {
      long threshold = (WORD + 1 - count) % count;
      while ((product & WORD) < threshold) {
        product = (nextWord() & WORD) * count;
      }
    }
    return (int) (low + (product >>> Integer.SIZE));
  }

  /** One element, each as likely ({@code Generator.choice}). */
  public <T> T choice(List<T> population) {
    return population.get(integers(0, population.size()));
  }

  /**
   * {@code count} different elements in random order ({@code Generator.choice} without
   * replacement).
   *
   * @throws IllegalArgumentException for more than 10,000 elements
   */
  public <T> List<T> choiceWithoutReplacement(List<T> population, int count) {
    int n = population.size();
    if (count < 0 || count > n) {
      throw new EmptyDrawException("sample larger than population or negative");
    }
    if (n > LARGE_POPULATION) {
      throw new IllegalArgumentException("population of more than " + LARGE_POPULATION);
    }
    Set<Integer> seen = new HashSet<>();
    List<T> drawn = new ArrayList<>(count);
    for (int last = n - count; last < n; last++) {
      int index = integers(0, last + 1);
      if (!seen.add(index)) {
        index = last;
        seen.add(index);
      }
      drawn.add(population.get(index));
    }
    for (int i = count - 1; i > 0; i--) {
      Collections.swap(drawn, i, integers(0, i + 1));
    }
    return drawn;
  }
}
