package io.amalgam.policy.decode;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;

/**
 * What a {@link DecodeBatch} needs beside a model.
 *
 * @param slots most sequences at a time
 * @param context positions per sequence, prompt included
 * @param method mixture method of mode {@link DecodeMode#MIXTURE}, and the temperature, filters and
 *     penalty of all modes
 * @param phases when mixing ends
 * @param endIds ids that end a sequence
 * @param rebuildCache whether new weights compute the cache of running sequences anew; otherwise
 *     keys and values of the old weights stay
 * @param cacheBytes most key-value memory, in bytes; admission waits while it is promised. Enough
 *     for one sequence of the context
 * @param prefillChunk most prompt positions computed between two steps; 0: all that there are
 * @param stops texts that end a sequence
 */
public record DecodeSettings(
    int slots,
    int context,
    MethodSpec method,
    PhasePolicy phases,
    int[] endIds,
    boolean rebuildCache,
    long cacheBytes,
    int prefillChunk,
    StopStrings stops) {
  /** Checks the ranges. */
  public DecodeSettings {
    if (slots < 1 || context < 2) {
      throw new IllegalArgumentException(
          "a batch of " + slots + " slots of " + context + " positions cannot decode");
    }
    if (cacheBytes < 1 || prefillChunk < 0) {
      throw new IllegalArgumentException(
          "a cache of " + cacheBytes + " bytes, prompts in chunks of " + prefillChunk);
    }
    endIds = endIds.clone();
  }

  /** Memory for all slots, prompts computed at once, no stop strings. */
  public DecodeSettings(
      int slots,
      int context,
      MethodSpec method,
      PhasePolicy phases,
      int[] endIds,
      boolean rebuildCache) {
    this(slots, context, method, phases, endIds, rebuildCache, Long.MAX_VALUE, 0, StopStrings.NONE);
  }

  /** The same with a memory budget in bytes and a limit on prompt positions between two steps. */
  public DecodeSettings within(long bytes, int chunk) {
    return new DecodeSettings(
        slots, context, method, phases, endIds, rebuildCache, bytes, chunk, stops);
  }

  /** The same with stop strings. */
  public DecodeSettings stoppingAt(StopStrings texts) {
    return new DecodeSettings(
        slots, context, method, phases, endIds, rebuildCache, cacheBytes, prefillChunk, texts);
  }
}
