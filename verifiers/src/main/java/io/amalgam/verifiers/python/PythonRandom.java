package io.amalgam.verifiers.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The generator of Python's {@code random.Random}: a Mersenne Twister (MT19937) seeded with an
 * integer of any size, and the derived draws with the same consumption of 32-bit outputs.
 *
 * <p>Two instances with equal seeds give equal sequences for ever. Not thread-safe. Empty ranges
 * and choices from nothing throw {@link EmptyDrawException}, where Python raises.
 *
 * <p>Source of the recurrence: Matsumoto and Nishimura, "Mersenne Twister", 1998, with their array
 * initialisation of 2002.
 */
public final class PythonRandom {
  /** Words of the Mersenne Twister's state. */
  static final int STATE_WORDS = 624;

  private static final int SHIFT = 397;
  private static final double TWO_POW_MINUS_53 = 0x1p-53;

  /** The position of a generator that is not seeded yet: some problems draw nothing. */
  private static final int UNSEEDED = -1;

  private final int[] key;
  private final int[] state = new int[STATE_WORDS];

  /** The next word to be drawn. */
  private int position = UNSEEDED;

  /**
   * A generator seeded as Python seeds from an {@code int}: by the 32-bit words of the absolute
   * value, low word first.
   */
  public PythonRandom(BigInteger seed) {
    key = words(seed.abs());
  }

  private static int[] words(BigInteger magnitude) {
    if (magnitude.bitLength() <= 32) {
      return new int[] {magnitude.intValue()};
    }
    int[] words = new int[(magnitude.bitLength() + 31) / 32];
    for (int i = 0; i < words.length; i++) {
      words[i] = magnitude.shiftRight(32 * i).intValue();
    }
    return words;
  }

  /** A generator seeded with a {@code long}. */
  public PythonRandom(long seed) {
    this(BigInteger.valueOf(seed));
  }

  /** A generator with a given initial state of the Mersenne Twister. */
  PythonRandom(int[] initialState) {
    key = new int[0];
    System.arraycopy(initialState, 0, state, 0, STATE_WORDS);
    position = 0;
  }

  private void seed() {
    if (key.length == 1) {
      SeededStates.ofThread().write(key[0], state);
    } else {
      SeededStates.write(key, state);
    }
    position = 0;
  }

  /**
   * Replaces one word by its successor. Words are replaced when they are drawn, so that a generator
   * of which little is drawn costs little.
   */
  private int renewed(int k) {
    int following = k + 1 < STATE_WORDS ? k + 1 : 0;
    int shifted = k + SHIFT < STATE_WORDS ? k + SHIFT : k + SHIFT - STATE_WORDS;
    int y = (state[k] & 0x80000000) | (state[following] & 0x7fffffff);
    int renewed = state[shifted] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    state[k] = renewed;
    return renewed;
  }

  /** The next 32 bits. */
  int nextWord() {
    if (position == UNSEEDED) {
      seed();
    }
    int y = renewed(position);
    position = position + 1 < STATE_WORDS ? position + 1 : 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** A generator that draws from now on what this one would, at less cost than seeding again. */
  public PythonRandom copy() {
    if (position == UNSEEDED) {
      seed();
    }
    PythonRandom copy = new PythonRandom(state);
    copy.position = position;
    return copy;
  }

  /** A double in [0, 1) with 53 random bits, from two outputs. */
  public double random() {
    long high = nextWord() >>> 5;
    long low = nextWord() >>> 6;
    return ((high << 26) + low) * TWO_POW_MINUS_53;
  }

  /**
   * A non-negative integer of {@code bits} random bits; low word first, the last word's high bits
   * are used.
   */
  public BigInteger getrandbits(int bits) {
    if (bits < 0) {
      throw new IllegalArgumentException("number of bits must be non-negative");
    }
    if (bits <= 32) {
      return bits == 0
          ? BigInteger.ZERO
          : BigInteger.valueOf((nextWord() & 0xffffffffL) >>> (32 - bits));
    }
    BigInteger result = BigInteger.ZERO;
    for (int done = 0; done < bits; done += 32) {
      long word = nextWord() & 0xffffffffL;
      int left = bits - done;
      result =
          result.or(BigInteger.valueOf(left < 32 ? word >>> (32 - left) : word).shiftLeft(done));
    }
    return result;
  }

  private int below(int n) {
    if (n <= 0) {
      throw new EmptyDrawException("empty range for a random draw");
    }
    int shift = Integer.numberOfLeadingZeros(n);
    int drawn = nextWord() >>> shift;
    while (drawn >= n) {
      drawn = nextWord() >>> shift;
    }
    return drawn;
  }

  private BigInteger below(BigInteger n) {
    if (n.bitLength() < Integer.SIZE) {
      return BigInteger.valueOf(below(n.intValue()));
    }
    if (n.signum() <= 0) {
      throw new EmptyDrawException("empty range for a random draw");
    }
    int bits = n.bitLength();
    BigInteger drawn = getrandbits(bits);
    while (drawn.compareTo(n) >= 0) {
      drawn = getrandbits(bits);
    }
    return drawn;
  }

  /** An integer between {@code low} and {@code high}, both included. */
  public BigInteger randint(BigInteger low, BigInteger high) {
    return low.add(below(high.subtract(low).add(BigInteger.ONE)));
  }

  /** An integer between {@code low} and {@code high}, both included. */
  public int randint(int low, int high) {
    long width = (long) high - low + 1;
    if (width > Integer.MAX_VALUE) {
      return randint(BigInteger.valueOf(low), BigInteger.valueOf(high)).intValueExact();
    }
    return low + below((int) Math.max(width, 0));
  }

  /**
   * An element of {@code start, start + step, …} before {@code stop}; {@code step} may be negative
   * but not 0.
   */
  public BigInteger randrange(BigInteger start, BigInteger stop, BigInteger step) {
    if (step.signum() == 0) {
      throw new IllegalArgumentException("zero step for a random draw");
    }
    BigInteger away = BigInteger.valueOf(step.signum());
    BigInteger count = stop.subtract(start).add(step).subtract(away).divide(step);
    return start.add(step.multiply(below(count)));
  }

  /** One element of a list, each as likely. */
  public <T> T choice(List<T> options) {
    if (options.isEmpty()) {
      throw new EmptyDrawException("cannot choose from an empty list");
    }
    return options.get(below(options.size()));
  }

  /** Shuffles a list in place, from the last position down. */
  public void shuffle(List<?> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, below(i + 1));
    }
  }

  /** Shuffles numbers in place as {@link #shuffle(List)} shuffles a list. */
  public void shuffle(int[] numbers) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int moved = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = moved;
    }
  }

  /**
   * {@code count} different elements in drawn order; small populations by a pool, large ones by
   * rejection, as in Python.
   */
  public <T> List<T> sample(List<T> population, int count) {
    int n = population.size();
    if (count < 0 || count > n) {
      throw new EmptyDrawException("sample larger than population or negative");
    }
    List<T> drawn = new ArrayList<>(count);
    double poolLimit = 21;
    if (count > 5) {
      poolLimit += Math.pow(4, Math.ceil(Math.log(count * 3.0) / Math.log(4)));
    }
    if (n <= poolLimit) {
      List<T> pool = new ArrayList<>(population);
      for (int i = 0; i < count; i++) {
        int j = below(n - i);
        drawn.add(pool.get(j));
        pool.set(j, pool.get(n - i - 1));
      }
      return drawn;
    }
    Set<Integer> seen = new HashSet<>((int) Math.ceil(count / 0.75));
    while (drawn.size() < count) {
      int j = below(n);
      if (seen.add(j)) {
        drawn.add(population.get(j));
      }
    }
    return drawn;
  }

  /** {@code count} elements with replacement, each as likely. */
  public <T> List<T> choices(List<T> population, int count) {
    List<T> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drawn.add(population.get((int) Math.floor(random() * population.size())));
    }
    return drawn;
  }

  /**
   * {@code count} elements with replacement, with probabilities proportional to {@code weights}.
   */
  public <T> List<T> choices(List<T> population, double[] weights, int count) {
    if (weights.length != population.size()) {
      throw new IllegalArgumentException("the number of weights does not match the population");
    }
    double[] cumulative = weights.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    double total = cumulative.length == 0 ? 0 : cumulative[cumulative.length - 1];
    if (!(total > 0) || Double.isInfinite(total)) {
      throw new IllegalArgumentException("total of weights must be positive and finite");
    }
    List<T> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drawn.add(population.get(firstAbove(cumulative, random() * total)));
    }
    return drawn;
  }

  private static int firstAbove(double[] cumulative, double x) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (x < cumulative[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** {@code low + (high - low) · random()}. */
  public double uniform(double low, double high) {
    return low + (high - low) * random();
  }
}
