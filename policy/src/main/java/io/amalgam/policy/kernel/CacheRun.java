package io.amalgam.policy.kernel;

/**
 * Neighbouring rows of one bucket of a cache that take part in a decode step, each at a position of
 * its own. Either they hold all positions of their sequences, or the first {@code apart} positions
 * of all of them lie once in another row, and they hold what follows.
 *
 * @param bucket the bucket of the rows
 * @param first number of the first of them
 * @param rows how many there are, at least 1
 * @param shared place of the row that holds the common beginning; {@link #NOWHERE}: there is none
 * @param apart positions of the common beginning, a multiple of {@link KvCache#STRIDE}; 0: none
 */
public record CacheRun(int bucket, int first, int rows, int shared, int apart) {
  /** The place of a beginning that does not exist. */
  public static final int NOWHERE = -1;

  /** Checks the numbers. */
  public CacheRun {
    if (rows < 1 || bucket < 0 || first < 0) {
      throw new IllegalArgumentException("a run of " + rows + " rows is none");
    }
    if ((shared == NOWHERE) != (apart == 0) || apart < 0 || apart % KvCache.STRIDE != 0) {
      throw new IllegalArgumentException(
          "a common beginning of " + apart + " positions at place " + shared + " is none");
    }
  }

  /** So many first positions of a prompt can lie apart: whole strides before its last token. */
  public static int beginning(int promptLength) {
    return (promptLength - 1) / KvCache.STRIDE * KvCache.STRIDE;
  }

  /** Rows that hold whole sequences. */
  public static CacheRun whole(int bucket, int first, int rows) {
    return new CacheRun(bucket, first, rows, NOWHERE, 0);
  }

  /** Rows {@code from} … {@code to}−1 of this run. */
  CacheRun part(int from, int to) {
    return new CacheRun(bucket, first + from, to - from, shared, apart);
  }
}
