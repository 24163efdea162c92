package io.amalgam.policy.decode;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;

/**
 * What a {@link DecodeBatch} needs beside a model.
 *
 * @param slots most sequences at a time
 * @param context positions per sequence, prompt included; decides the size of the cache
 * @param method mixture method of mode {@link DecodeMode#MIXTURE}, and the temperature of all modes
 * @param phases when mixing ends
 * @param endIds ids that end a sequence
 * @param rebuildCache whether new weights compute the cache of running sequences anew; otherwise
 *     keys and values of the old weights stay
 */
public record DecodeSettings(
    int slots,
    int context,
    MethodSpec method,
    PhasePolicy phases,
    int[] endIds,
    boolean rebuildCache) {
  /** Checks the ranges. */
  public DecodeSettings {
    if (slots < 1 || context < 2) {
      throw new IllegalArgumentException(
          "a batch of " + slots + " slots of " + context + " positions cannot decode");
    }
    endIds = endIds.clone();
  }
}
