package io.amalgam.policy.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a field of {@code config.json} means when it is absent, by family, as in the configuration
 * classes of transformers.
 *
 * @param keyValueHeads {@code num_key_value_heads}; empty for as many as query heads
 * @param theta {@code rope_theta}
 * @param maxPositions {@code max_position_embeddings}
 * @param slidingWindow {@code sliding_window}; 0 for none
 * @param tiedHead {@code tie_word_embeddings}
 * @param bosToken {@code bos_token_id}
 * @param eosTokens {@code eos_token_id}
 * @param padToken {@code pad_token_id}
 */
record FamilyDefaults(
    OptionalInt keyValueHeads,
    double theta,
    int maxPositions,
    int slidingWindow,
    boolean tiedHead,
    OptionalInt bosToken,
    List<Integer> eosTokens,
    OptionalInt padToken) {
  private static final double USUAL_THETA = 10_000;

  /** Those of a family. */
  static FamilyDefaults of(Family family) {
    OptionalInt none = OptionalInt.empty();
    OptionalInt one = OptionalInt.of(1);
    if (family.equals(Family.LLAMA)) {
      return new FamilyDefaults(none, USUAL_THETA, 2048, 0, false, one, List.of(2), none);
    }
    if (family.equals(Family.MISTRAL)) {
      return new FamilyDefaults(
          OptionalInt.of(8), USUAL_THETA, 131_072, 4096, false, one, List.of(2), none);
    }
    if (family.equals(Family.SMOLLM3)) {
      return new FamilyDefaults(
          OptionalInt.of(4),
          2_000_000,
          32_768,
          0,
          true,
          OptionalInt.of(128_000),
          List.of(128_001),
          OptionalInt.of(128_004));
    }
    return new FamilyDefaults(
        OptionalInt.of(32), USUAL_THETA, 32_768, 4096, false, none, List.of(), none);
  }
}
