package io.amalgam.policy.text;

/**
 * UTF-8 decoding that replaces each broken piece by U+FFFD.
 *
 * <p>A broken piece is the longest prefix of a well-formed character (Unicode 16, section 3.9,
 * "substitution of maximal subparts"). The decoder of the Java library differs for encoded
 * surrogates, where it writes one replacement for three bytes.
 */
final class Utf8 {
  static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The text of {@code bytes[0 … length)}. */
  static String decode(byte[] bytes, int length) {
    StringBuilder out = new StringBuilder(length);
    int at = 0;
    while (at < length) {
      int lead = bytes[at] & 0xFF;
      if (lead < 0x80) {
        out.append((char) lead);
        at++;
        continue;
      }
      int needed =
          lead >= 0xC2 && lead <= 0xDF
              ? 1
              : lead >= 0xE0 && lead <= 0xEF ? 2 : lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
      int code = needed == 0 ? 0 : lead & (0x3F >> needed);
      int taken = 0;
      while (taken < needed && at + 1 + taken < length) {
        int next = bytes[at + 1 + taken] & 0xFF;
        if (next < lowest(lead, taken) || next > highest(lead, taken)) {
          break;
        }
        code = code << 6 | (next & 0x3F);
        taken++;
      }
      if (needed > 0 && taken == needed) {
        out.appendCodePoint(code);
      } else {
        out.append(REPLACEMENT);
      }
      at += 1 + taken;
    }
    return out.toString();
  }

  private static int lowest(int lead, int position) {
    if (position > 0) {
      return 0x80;
    }
    return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  }

  private static int highest(int lead, int position) {
    if (position > 0) {
      return 0xBF;
    }
    return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  }

  /**
   * The text with every surrogate that has no partner replaced by U+FFFD, so that it can be written
   * as UTF-8.
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      return repaired(text);
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? REPLACEMENT : c));
    return out.toString();
  }
}
