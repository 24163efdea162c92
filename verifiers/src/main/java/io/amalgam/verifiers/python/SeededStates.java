package io.amalgam.verifiers.python;

/**
 * Initial states of the Mersenne Twister for keys of one word.
 *
 * <p>Seeding is a chain of 1,247 operations of which each needs the result of the one before, so a
 * processor spends most of it waiting. Tasks seed one generator per problem with consecutive
 * numbers; where that is seen, four states are made side by side, in little more than the time of
 * one, and the next three are there when they are asked for. What is given out does not depend on
 * it. One per thread; not thread-safe.
 */
final class SeededStates {
  private static final int WORDS = PythonRandom.STATE_WORDS;
  private static final int FIRST_FACTOR = 1664525;
  private static final int SECOND_FACTOR = 1566083941;
  private static final int LANES = 4;
  private static final int[] UNKEYED = unkeyed();

  /** More than the generators that a task seeds between two problems. */
  private static final int REMEMBERED = 4;

  private static final ThreadLocal<SeededStates> OF_THREAD =
      ThreadLocal.withInitial(SeededStates::new);

  private final int[][] lanes = new int[LANES][WORDS];

  /** The key of the first lane; negative before there is one. */
  private long first = -1;

  /** The keys asked for last that were in no lane; a ring. */
  private final long[] missed = {-1, -1, -1, -1};

  private int oldest;

  private SeededStates() {}

  static SeededStates ofThread() {
    return OF_THREAD.get();
  }

  /** The state before a key is mixed in. */
  private static int[] unkeyed() {
    int[] words = new int[WORDS];
    words[0] = 19650218;
    for (int i = 1; i < WORDS; i++) {
      words[i] = 1812433253 * folded(words[i - 1]) + i;
    }
    return words;
  }

  /** Writes the state for a key of any length, low word first. */
  static void write(int[] key, int[] state) {
    System.arraycopy(UNKEYED, 0, state, 0, WORDS);
    int i = 1;
    int j = 0;
    int last = state[0];
    for (int left = Math.max(WORDS, key.length); left > 0; left--) {
      last = (state[i] ^ (folded(last) * FIRST_FACTOR)) + key[j] + j;
      state[i] = last;
      i = next(i);
      j = j + 1 < key.length ? j + 1 : 0;
    }
    for (int left = WORDS - 1; left > 0; left--) {
      last = (state[i] ^ (folded(last) * SECOND_FACTOR)) - i;
      state[i] = last;
      i = next(i);
    }
    state[0] = 0x80000000;
  }

  /** Writes the state for a key of one word. */
  void write(int key, int[] state) {
    long unsigned = Integer.toUnsignedLong(key);
    if (isConsecutive(unsigned)) {
      first = unsigned;
      fillLanes(key);
    }
    if (isInLane(unsigned)) {
      System.arraycopy(lanes[(int) (unsigned - first)], 0, state, 0, WORDS);
      return;
    }
    missed[oldest] = unsigned;
    oldest = (oldest + 1) % REMEMBERED;
    write(new int[] {key}, state);
  }

  private boolean isInLane(long key) {
    return first >= 0 && key >= first && key < first + LANES;
  }

  private boolean isConsecutive(long key) {
    if (isInLane(key)) {
      return false;
    }
    boolean consecutive = first >= 0 && key == first + LANES;
    for (long before : missed) {
      consecutive |= before >= 0 && key == before + 1;
    }
    return consecutive;
  }

  /** The states of {@code key} and its successors, as {@link #write(int[], int[])} makes each. */
  private void fillLanes(int key) {
    int[] a = lanes[0];
    int[] b = lanes[1];
    int[] c = lanes[2];
    int[] d = lanes[3];
    int p = UNKEYED[0];
    int q = p;
    int r = p;
    int s = p;
    for (int i = 1; i < WORDS; i++) {
      int start = UNKEYED[i];
      p = (start ^ (folded(p) * FIRST_FACTOR)) + key;
      q = (start ^ (folded(q) * FIRST_FACTOR)) + key + 1;
      r = (start ^ (folded(r) * FIRST_FACTOR)) + key + 2;
      s = (start ^ (folded(s) * FIRST_FACTOR)) + key + 3;
      a[i] = p;
      b[i] = q;
      c[i] = r;
      d[i] = s;
    }
    for (int lane = 0; lane < LANES; lane++) {
      int[] state = lanes[lane];
      state[1] = (state[1] ^ (folded(state[WORDS - 1]) * FIRST_FACTOR)) + key + lane;
    }
    p = a[1];
    q = b[1];
    r = c[1];
    s = d[1];
    for (int i = 2; i < WORDS; i++) {
      p = (a[i] ^ (folded(p) * SECOND_FACTOR)) - i;
      q = (b[i] ^ (folded(q) * SECOND_FACTOR)) - i;
      r = (c[i] ^ (folded(r) * SECOND_FACTOR)) - i;
      s = (d[i] ^ (folded(s) * SECOND_FACTOR)) - i;
      a[i] = p;
      b[i] = q;
      c[i] = r;
      d[i] = s;
    }
    for (int[] state : lanes) {
      state[1] = (state[1] ^ (folded(state[WORDS - 1]) * SECOND_FACTOR)) - 1;
      state[0] = 0x80000000;
    }
  }

  private static int folded(int word) {
    return word ^ (word >>> 30);
  }

  /** The index after {@code i}; word 0 is no longer read once its neighbour has been mixed. */
  private static int next(int i) {
    return i + 1 < WORDS ? i + 1 : 1;
  }
}
