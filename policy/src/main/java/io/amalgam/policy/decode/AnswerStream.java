package io.amalgam.policy.decode;

import io.amalgam.policy.text.StreamingDecoder;
import io.amalgam.policy.text.Tokenizer;

/**
 * The text of a growing answer, given out as soon as it cannot change any more: no half characters,
 * and nothing of a stop string. For one thread.
 */
public final class AnswerStream {
  private final StreamingDecoder decoder;
  private final StopStrings stops;
  private String pending = "";
  private boolean ended;

  /**
   * A stream at its start.
   *
   * @param stops the texts before which the answer ends
   */
  public AnswerStream(Tokenizer tokenizer, StopStrings stops) {
    this.decoder = tokenizer.streamingDecoder(true);
    this.stops = stops;
  }

  /** Takes the next id; the text that is certain now, possibly none. */
  public String accept(int id) {
    return take(decoder.accept(id).orElse(""), false);
  }

  /** The rest, once there are no more ids. */
  public String finish() {
    return take(decoder.finish(), true);
  }

  private String take(String more, boolean last) {
    if (ended) {
      return "";
    }
    pending += more;
    String cut = stops.cut(pending);
    ended = last || cut.length() < pending.length();
    String out = ended ? cut : pending.substring(0, stops.safe(pending));
    pending = pending.substring(out.length());
    return out;
  }
}
