package io.amalgam.policy.text;

import java.util.Arrays;
import java.util.Optional;

/**
 * The text of a growing answer, given out as soon as it is complete and never in half characters.
 *
 * <p>Text is held back while it ends in U+FFFD: the tail is then either the start of a character
 * that later ids complete, or broken, which only the next id can tell. Everything given out,
 * followed by {@link #finish()}, is the decoding of all ids. For one thread.
 */
public final class StreamingDecoder {
  private final Tokenizer tokenizer;
  private final boolean skipSpecial;

  private byte[] pending = new byte[16];
  private int pendingLength;

  /**
   * Ids of vocabularies that are not byte-level: what was given out last, then what was not yet
   * given out.
   */
  private int[] window = new int[16];

  private int windowLength;
  private int given;
  private String givenText = "";

  StreamingDecoder(Tokenizer tokenizer, boolean skipSpecial) {
    this.tokenizer = tokenizer;
    this.skipSpecial = skipSpecial;
  }

  /** Takes the next id and returns the text that it completes, if any. */
  public Optional<String> accept(int id) {
    return tokenizer.byteLevel() ? acceptBytes(id) : acceptContextual(id);
  }

  /** The text still held back, broken characters as U+FFFD; the decoder then starts anew. */
  public String finish() {
    String rest;
    if (tokenizer.byteLevel()) {
      rest = Utf8.decode(pending, pendingLength);
    } else {
      String all = tokenizer.decode(Arrays.copyOf(window, windowLength), skipSpecial);
      rest = all.startsWith(givenText) ? all.substring(givenText.length()) : "";
    }
    pendingLength = 0;
    windowLength = 0;
    given = 0;
    givenText = "";
    return rest;
  }

  private Optional<String> acceptBytes(int id) {
    if (skipSpecial && tokenizer.isSpecial(id)) {
      return Optional.empty();
    }
    byte[] bytes = tokenizer.bytes(id);
    if (pendingLength + bytes.length > pending.length) {
      pending = Arrays.copyOf(pending, 2 * (pendingLength + bytes.length));
    }
    System.arraycopy(bytes, 0, pending, pendingLength, bytes.length);
    pendingLength += bytes.length;
    String text = Utf8.decode(pending, pendingLength);
    if (text.isEmpty() || text.charAt(text.length() - 1) == Utf8.REPLACEMENT) {
      return Optional.empty();
    }
    pendingLength = 0;
    return Optional.of(text);
  }

  /**
   * A decoder may treat the first token apart, so the ids given out last stay in the window as
   * context.
   */
  private Optional<String> acceptContextual(int id) {
    if (windowLength == window.length) {
      window = Arrays.copyOf(window, 2 * windowLength);
    }
    window[windowLength++] = id;
    String all = tokenizer.decode(Arrays.copyOf(window, windowLength), skipSpecial);
    if (all.length() <= givenText.length()
        || all.charAt(all.length() - 1) == Utf8.REPLACEMENT
        || !all.startsWith(givenText)) {
      return Optional.empty();
    }
    String fresh = all.substring(givenText.length());
    int kept = windowLength - given;
    System.arraycopy(window, given, window, 0, kept);
    windowLength = kept;
    given = kept;
    givenText = tokenizer.decode(Arrays.copyOf(window, windowLength), skipSpecial);
    return Optional.of(fresh);
  }
}
