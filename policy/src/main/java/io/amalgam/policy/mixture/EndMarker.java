package io.amalgam.policy.mixture;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What ends the thinking phase when the recorded tokens spell it. Immutable. */
public sealed interface EndMarker permits EndMarker.Text, EndMarker.Ids {
  /** A new matcher at the start of a sequence. */
  StopMatcher matcher();

  /**
   * A text, whichever tokens write it; matched on UTF-8 bytes, so that a token that merges the
   * marker with its neighbours still ends the phase.
   *
   * @param text for example {@code </think>}
   * @param tokenBytes bytes that a token id stands for, empty for tokens without text
   */
  record Text(String text, IntFunction<byte[]> tokenBytes) implements EndMarker {
    /** Checks that there is a text. */
    public Text {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an end marker has at least one character");
      }
    }

    @Override
    public StopMatcher matcher() {
      return new StopMatcher(bytes(text.getBytes(StandardCharsets.UTF_8)), this::symbols);
    }

    private int[] symbols(int id) {
      return bytes(tokenBytes.apply(id));
    }

    private static int[] bytes(byte[] values) {
      return IntStream.range(0, values.length).map(i -> values[i] & 0xFF).toArray();
    }
  }

  /**
   * A sequence of token ids.
   *
   * @param ids the ids in order, at least one
   */
  record Ids(int[] ids) implements EndMarker {
    /** Checks that there is an id. */
    public Ids {
      if (ids.length == 0) {
        throw new IllegalArgumentException("an end marker has at least one id");
      }
      ids = ids.clone();
    }

    @Override
    public StopMatcher matcher() {
      return new StopMatcher(ids, id -> new int[] {id});
    }
  }
}
