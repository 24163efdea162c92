package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;

/** The standard normal noise of {@link FeedRule.Noised}, a function of the position's key alone. */
public final class FeedNoise {
  private FeedNoise() {}

  /**
   * Writes {@code scale} · ε.
   *
   * @param out receives {@code size} values from {@code at} on
   */
  public static void write(DrawKey key, float scale, float[] out, int at, int size) {
    key.stream(DrawPurpose.FEED_NOISE.number()).nextNormals(out, at, size);
    for (int d = at; d < at + size; d++) {
      out[d] *= scale;
    }
  }
}
