package io.amalgam.policy.text;

import java.util.Optional;

/**
 * The one-to-one map between the 256 bytes and 256 printable characters that byte-level BPE
 * vocabularies are written in.
 *
 * <p>The printable bytes of Latin-1 ({@code !}–{@code ~}, {@code ¡}–{@code ¬}, {@code ®}–{@code ÿ})
 * stand for themselves; the other 68 take U+0100, U+0101, … in rising order (Radford et al. 2019,
 * the encoder of GPT-2).
 */
public final class ByteAlphabet {
  private static final char[] CHAR_OF_BYTE = new char[256];
  private static final short[] BYTE_OF_CHAR = new short[256 + 68];

  static {
    java.util.Arrays.fill(BYTE_OF_CHAR, (short) -1);
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      char c = printable ? (char) b : (char) next++;
      CHAR_OF_BYTE[b] = c;
      BYTE_OF_CHAR[c] = (short) b;
    }
  }

  private ByteAlphabet() {}

  /** The character of one byte, given as 0 … 255. */
  public static char charOf(int unsignedByte) {
    return CHAR_OF_BYTE[unsignedByte];
  }

  /** The characters of the bytes, in order. */
  public static String write(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      out.append(CHAR_OF_BYTE[b & 0xFF]);
    }
    return out.toString();
  }

  /** The bytes of a token, or empty where a character is outside of the alphabet. */
  public static Optional<byte[]> read(String token) {
    byte[] out = new byte[token.length()];
    for (int i = 0; i < out.length; i++) {
      char c = token.charAt(i);
      if (c >= BYTE_OF_CHAR.length || BYTE_OF_CHAR[c] < 0) {
        return Optional.empty();
      }
      out[i] = (byte) BYTE_OF_CHAR[c];
    }
    return Optional.of(out);
  }
}
