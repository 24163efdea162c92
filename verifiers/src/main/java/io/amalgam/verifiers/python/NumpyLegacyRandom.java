package io.amalgam.verifiers.python;

import java.math.BigInteger;

/**
 * The generator behind {@code numpy.random.seed} and {@code numpy.random.randint}: a Mersenne
 * Twister initialised from 32 bits, and bounded draws by masking and rejection.
 *
 * <p>Not thread-safe. Source of the initialisation: Matsumoto and Nishimura, {@code init_genrand}
 * of 2002.
 */
public final class NumpyLegacyRandom {
  private final PythonRandom words;

  /**
   * A generator as after {@code numpy.random.seed}. The lowest 32 bits of the seed count; numpy
   * itself refuses seeds that have more.
   */
  public NumpyLegacyRandom(BigInteger seed) {
    int[] state = new int[PythonRandom.STATE_WORDS];
    state[0] = seed.intValue();
    for (int i = 1; i < state.length; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    words = new PythonRandom(state);
  }

  /**
   * An integer from {@code low} up to but not including {@code high}, as one element of {@code
   * numpy.random.randint(low, high, …)}.
   */
  public int randint(int low, int high) {
    int largest = high - low - 1;
    if (high <= low || largest < 0) {
      throw new EmptyDrawException("empty or too wide range for a random draw");
    }
    if (largest == 0) {
      return low;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(largest);
    int drawn = words.nextWord() & mask;
    while (drawn > largest) {
      drawn = words.nextWord() & mask;
    }
    return low + drawn;
  }
}
