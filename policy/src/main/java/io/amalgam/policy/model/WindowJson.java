package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reading of sliding windows, which every family spells in its own way: Llama has none; the others
 * have one in the layers that {@code layer_types} names, or else Mistral in all of them, Qwen2,
 * Qwen3 and SmolLM3 in those that older fields describe.
 */
final class WindowJson {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final int USUAL_FIRST_WINDOW = 28;

  private WindowJson() {}

  /**
   * Positions that a query of each layer sees, itself included; 0 for all.
   *
   * @param rotary [layers] which layers have rotary positions
   */
  static List<Integer> parse(
      JsonFields in, Family family, FamilyDefaults defaults, int layers, List<Boolean> rotary) {
    if (family.equals(Family.LLAMA)) {
      return Collections.nCopies(layers, 0);
    }
    int window = in.size("sliding_window", defaults.slidingWindow(), 0);
    Optional<List<JsonNode>> types = in.list("layer_types");
    if (types.isPresent() && types.get().size() != layers) {
      throw in.wrong("layer_types", "must have one entry for each of " + layers + " layers");
    }
    boolean mistral = family.equals(Family.MISTRAL);
    if (mistral && types.isEmpty()) {
      return Collections.nCopies(layers, window);
    }
    boolean smollm3 = family.equals(Family.SMOLLM3);
    boolean used = (mistral || in.flag("use_sliding_window", false)) && window > 0;
    int first = in.given("max_window_layers") ? firstWindow(in) : USUAL_FIRST_WINDOW;
    List<Integer> out = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      boolean windowed =
          types.isPresent()
              ? sliding(in, types.get().get(l))
              : used && (smollm3 ? !rotary.get(l) : l >= first);
      if (windowed && (smollm3 ? window == 0 : !used)) {
        throw in.wrong(
            "layer_types",
            "but there is no sliding window: set sliding_window"
                + (mistral ? "" : " and use_sliding_window"));
      }
      out.add(windowed ? window : 0);
    }
    return out;
  }

  private static int firstWindow(JsonFields in) {
    JsonNode value = in.object().path("max_window_layers");
    if (!value.isInt() || value.asInt() < 0) {
      throw in.wrong("max_window_layers", "must be a whole number of 0 or more");
    }
    return value.asInt();
  }

  private static boolean sliding(JsonFields in, JsonNode type) {
    if (!type.asText().equals(SLIDING) && !type.asText().equals(FULL)) {
      throw in.wrong("layer_types", "supported are " + FULL + " and " + SLIDING);
    }
    return type.asText().equals(SLIDING);
  }
}
