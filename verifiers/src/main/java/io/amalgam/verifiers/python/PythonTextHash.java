package io.amalgam.verifiers.python;

/**
 * CPython's hash of texts in a process started with {@code PYTHONHASHSEED=0}: SipHash with one
 * round per word and three at the end, and a key of zeros.
 *
 * <p>The recorded samples were made by such a process; others get other hashes.
 */
final class PythonTextHash {
  private static final int FINAL_ROUNDS = 3;

  // The text "somepseudorandomlygeneratedbytes", the initial state of the algorithm.
  private long v0 = 0x736f6d6570736575L;
  private long v1 = 0x646f72616e646f6dL;
  private long v2 = 0x6c7967656e657261L;
  private long v3 = 0x7465646279746573L;

  private PythonTextHash() {}

  /** The hash of a text. */
  static long of(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    byte[] bytes = stored(text);
    PythonTextHash state = new PythonTextHash();
    int full = bytes.length / Long.BYTES * Long.BYTES;
    for (int i = 0; i < full; i += Long.BYTES) {
      state.absorb(word(bytes, i, Long.BYTES));
    }
    state.absorb(word(bytes, full, bytes.length - full) | ((long) bytes.length << 56));
    long hash = state.finish();
    return hash == -1 ? -2 : hash;
  }

  /** The characters as they lie in memory: one, two or four bytes each, as the widest needs. */
  private static byte[] stored(String text) {
    int[] codePoints = text.codePoints().toArray();
    int widest = 0;
    for (int codePoint : codePoints) {
      widest = Math.max(widest, codePoint);
    }
    int width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
    byte[] bytes = new byte[codePoints.length * width];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (codePoints[i / width] >>> (Byte.SIZE * (i % width)));
    }
    return bytes;
  }

  private static long word(byte[] bytes, int start, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[start + i] & 0xffL) << (Byte.SIZE * i);
    }
    return word;
  }

  private void absorb(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  private long finish() {
    v2 ^= 0xff;
    for (int i = 0; i < FINAL_ROUNDS; i++) {
      round();
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32) + v3;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
