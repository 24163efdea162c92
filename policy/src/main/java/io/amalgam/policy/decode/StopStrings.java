package io.amalgam.policy.decode;

import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.StopMatcher;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Texts that end a sequence when its recorded tokens spell one, however tokens cut it. The ids are
 * kept up to the one that completes the text; the text of the sequence ends before it.
 *
 * @param texts the texts, none empty
 * @param tokenBytes bytes that a token id stands for, empty for tokens without text
 */
public record StopStrings(List<String> texts, IntFunction<byte[]> tokenBytes) {
  /** Nothing but end tokens and the limit ends a sequence. */
  public static final StopStrings NONE = new StopStrings(List.of(), id -> new byte[0]);

  /** Checks that no text is empty. */
  public StopStrings {
    texts = List.copyOf(texts);
    if (texts.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a stop string has at least one character");
    }
  }

  /** The search in one sequence. */
  final class Watch {
    private final List<StopMatcher> matchers =
        texts.stream().map(text -> new EndMarker.Text(text, tokenBytes).matcher()).toList();

    /** Takes the next recorded id; whether it completes a text. */
    boolean accept(int id) {
      boolean found = false;
      for (StopMatcher matcher : matchers) {
        found |= matcher.accept(id);
      }
      return found;
    }
  }

  Watch watch() {
    return new Watch();
  }

  /** {@code text} up to the first of the stop strings in it. */
  public String cut(String text) {
    return cut(text, texts);
  }

  /** {@code text} up to the first of some texts in it. */
  static String cut(String text, List<String> texts) {
    int end = text.length();
    for (String stop : texts) {
      int at = text.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    return text.substring(0, end);
  }

  /** How many characters of {@code text} cannot become part of a stop string any more. */
  public int safe(String text) {
    for (int from = 0; from < text.length(); from++) {
      String tail = text.substring(from);
      if (texts.stream().anyMatch(stop -> stop.startsWith(tail))) {
        return from;
      }
    }
    return text.length();
  }
}
