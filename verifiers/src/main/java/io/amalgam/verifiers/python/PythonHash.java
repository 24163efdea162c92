package io.amalgam.verifiers.python;

import java.util.List;

/**
 * CPython's hashes of whole numbers and tuples, which are the same in every process, and of texts
 * in a process started with {@code PYTHONHASHSEED=0}.
 */
public final class PythonHash {
  /** Integers are reduced modulo this Mersenne prime. */
  private static final long MODULUS = (1L << 61) - 1;

  // The constants of xxHash, whose rounds the tuple hash uses.
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private PythonHash() {}

  /**
   * The hash of an {@code Integer}, {@code Long}, {@code String} or {@code List} of these as a
   * tuple.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static long of(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      long hash = ((Number) value).longValue() % MODULUS;
      return hash == -1 ? -2 : hash;
    }
    if (value instanceof List<?> tuple) {
      return ofTuple(tuple);
    }
    if (value instanceof String text) {
      return PythonTextHash.of(text);
    }
    throw new IllegalArgumentException("no hash of " + value.getClass().getSimpleName());
  }

  private static long ofTuple(List<?> tuple) {
    long hash = PRIME_5;
    for (Object element : tuple) {
      hash += of(element) * PRIME_2;
      hash = Long.rotateLeft(hash, 31) * PRIME_1;
    }
    hash += tuple.size() ^ (PRIME_5 ^ 3527539L);
    return hash == -1 ? 1546275796L : hash;
  }
}
