package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * Reading of rotary positions: {@code rope_parameters}, or {@code rope_theta} and {@code
 * rope_scaling}, in the order of precedence of transformers 5.
 */
final class RotaryJson {
  private static final JsonNode NOTHING = new ObjectMapper().createObjectNode();
  private static final String ORIGINAL = "original_max_position_embeddings";

  private RotaryJson() {}

  /**
   * The rotary positions that a configuration describes.
   *
   * @param theta where none is given
   * @param positions longest sequence of the model
   */
  static RotarySettings parse(JsonFields in, double theta, int positions) {
    JsonNode old = in.object().path("rope_scaling");
    for (String field : List.of("rope_scaling", "rope_parameters")) {
      if (in.given(field) && !in.object().path(field).isObject()) {
        throw in.wrong(field, "must be an object or null");
      }
    }
    String name = old.isObject() && !old.isEmpty() ? "rope_scaling" : "rope_parameters";
    JsonNode chosen = in.given(name) ? in.object().path(name) : NOTHING;
    JsonFields rope = new JsonFields(chosen, in.place() + ": " + name);
    for (JsonNode value : chosen) {
      if (value.isObject()) {
        throw in.wrong(name, "one for each kind of layer is not supported");
      }
    }
    double partial =
        rope.positive("partial_rotary_factor", in.positive("partial_rotary_factor", 1));
    if (partial != 1) {
      throw new ModelFormatException(
          "partial_rotary_factor " + partial + " is not supported, only 1");
    }
    double base = rope.positive("rope_theta", in.positive("rope_theta", theta));
    if (base <= 1) {
      throw new ModelFormatException("rope_theta is " + base + ", must be above 1");
    }
    return new RotarySettings(base, scaling(rope, in.positive(ORIGINAL, positions)));
  }

  private static Optional<RotarySettings.Scaling> scaling(JsonFields rope, double positions) {
    String type = rope.text("rope_type").or(() -> rope.text("type")).orElse("default");
    return switch (type) {
      case "default" -> Optional.empty();
      case "linear" -> Optional.of(new RotarySettings.Linear(rope.positive("factor")));
      case "llama3" -> Optional.of(llama3(rope, positions));
      case "yarn" -> Optional.of(yarn(rope, positions));
      default ->
          throw new ModelFormatException(
              "rope type "
                  + type
                  + " is not supported; supported are default, linear, llama3, yarn");
    };
  }

  private static RotarySettings.Llama3 llama3(JsonFields rope, double positions) {
    double low = rope.positive("low_freq_factor");
    double high = rope.positive("high_freq_factor");
    if (high <= low) {
      throw rope.wrong("high_freq_factor", "must be above low_freq_factor " + low);
    }
    return new RotarySettings.Llama3(
        rope.positive("factor"), low, high, rope.positive(ORIGINAL, positions));
  }

  private static RotarySettings.Yarn yarn(JsonFields rope, double positions) {
    double factor = rope.positive("factor");
    double attention = RotarySettings.Yarn.usualAttentionFactor(factor);
    if (rope.given("mscale") && rope.given("mscale_all_dim") && factor > 1) {
      attention =
          scale(rope.positive("mscale"), factor) / scale(rope.positive("mscale_all_dim"), factor);
    }
    return new RotarySettings.Yarn(
        factor,
        rope.positive(ORIGINAL, positions),
        rope.positive("beta_fast", 32),
        rope.positive("beta_slow", 1),
        rope.flag("truncate", true),
        rope.positive("attention_factor", attention));
  }

  private static double scale(double weight, double factor) {
    return 0.1 * weight * Math.log(factor) + 1;
  }
}
