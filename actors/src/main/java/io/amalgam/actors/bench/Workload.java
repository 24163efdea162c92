package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HuggingFaceDirectory;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/**
 * The model that is measured, and the work that every row gives it: prompts of random ids, shared
 * by a group, and sequences of a fixed length that nothing ends early.
 *
 * @param model its directory
 * @param compute threads, device and number format; {@code AUTO} lets the format be chosen
 */
record Workload(HuggingFaceDirectory model, ComputeSettings compute) {
  /** Ids below are the special tokens of many vocabularies. */
  private static final int FIRST_ID = 100;

  private static final int LAST_ID = 20_000;

  /** The same decoded with weights rounded to 8 bits. */
  Workload int8() {
    return new Workload(
        model,
        new ComputeSettings(
            compute.threads(), compute.format(), compute.device(), SamplerPrecision.INT8));
  }

  /** Ordinary tokens at temperature 1 without truncation. */
  static MethodSpec discrete() {
    return new MethodSpec("discrete", 1, 1, new TreeMap<>());
  }

  /** Room for {@code slots} sequences of {@code context} positions. */
  static DecodeSettings settings(MethodSpec method, int slots, int context) {
    PhasePolicy phases =
        method.method().equals("discrete")
            ? PhasePolicy.discreteOnly()
            : PhasePolicy.until(new EndMarker.Ids(new int[] {Integer.MAX_VALUE}));
    return new DecodeSettings(slots, context, method, phases, new int[0], false);
  }

  /** A group that shares a random prompt. */
  GroupRequest group(long number, int members, int prompt, int newTokens) {
    int[] ids = ids(number, prompt);
    return new GroupRequest(
        "bench", number, number, 0, ids, 0, members, DecodeMode.MIXTURE, newTokens);
  }

  /** Random ids of ordinary tokens. */
  int[] ids(long seed, int length) {
    int vocabulary = model.config().vocabSize();
    int first = Math.min(FIRST_ID, vocabulary / 2);
    return new Random(seed).ints(length, first, Math.min(LAST_ID, vocabulary)).toArray();
  }

  /** A format as the table calls it. */
  static String name(ComputeFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
