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
   * @param headDim width of a head
   */
  static RotarySettings parse(JsonFields in, double theta, int positions, int headDim) {
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
    // beside the scaling, within it, or the context itself
    double original = in.positive(ORIGINAL, rope.positive(ORIGINAL, positions));
    return new RotarySettings(base, scaling(rope, original, positions, headDim));
  }

  private static Optional<RotaryScaling> scaling(
      JsonFields rope, double original, int positions, int headDim) {
    String type = rope.text("rope_type").or(() -> rope.text("type")).orElse("default");
    return switch (type) {
      case "default" -> Optional.empty();
      case "linear" -> Optional.of(new RotaryScaling.Linear(rope.positive("factor")));
      case "dynamic" -> Optional.of(new RotaryScaling.Dynamic(rope.positive("factor")));
      case "llama3" -> Optional.of(llama3(rope, original));
      case "yarn" -> Optional.of(yarn(rope, original, positions));
      case "longrope" -> Optional.of(longRope(rope, original, positions, headDim));
      default ->
          throw new ModelFormatException(
              "rope type "
                  + type
                  + " is not supported; supported are default, linear, dynamic, llama3, yarn, longrope");
    };
  }

  private static RotaryScaling.Llama3 llama3(JsonFields rope, double original) {
    double low = rope.positive("low_freq_factor");
    double high = rope.positive("high_freq_factor");
    if (high <= low) {
      throw rope.wrong("high_freq_factor", "must be above low_freq_factor " + low);
    }
    return new RotaryScaling.Llama3(rope.positive("factor"), low, high, original);
  }

  private static RotaryScaling longRope(
      JsonFields rope, double original, int positions, int headDim) {
    if (original <= 1) {
      throw rope.wrong(ORIGINAL, "must be above 1");
    }
    double usual =
        RotaryScaling.LongRope.usualAttentionFactor(
            rope.positive("factor", positions / original), original);
    return new RotaryScaling.LongRope(
            factors(rope, "short_factor", headDim / 2),
            factors(rope, "long_factor", headDim / 2),
            original,
            rope.positive("attention_factor", usual),
            false)
        .forContext(positions);
  }

  private static List<Double> factors(JsonFields rope, String field, int planes) {
    List<JsonNode> given = rope.list(field).orElse(List.of());
    if (given.size() != planes || given.stream().anyMatch(n -> !(n.asDouble() > 0))) {
      String each =
          "must be a list of " + planes + " numbers above 0, one for each plane of a head";
      throw rope.wrong(field, each);
    }
    return given.stream().map(JsonNode::asDouble).toList();
  }

  private static RotaryScaling.Yarn yarn(JsonFields rope, double original, double positions) {
    double factor = rope.positive("factor", positions / original);
    double attention = RotaryScaling.Yarn.usualAttentionFactor(factor, 1);
    if (rope.given("mscale") && rope.given("mscale_all_dim") && factor > 1) {
      attention =
          RotaryScaling.Yarn.usualAttentionFactor(factor, rope.positive("mscale"))
              / RotaryScaling.Yarn.usualAttentionFactor(factor, rope.positive("mscale_all_dim"));
    }
    return new RotaryScaling.Yarn(
        factor,
        original,
        rope.positive("beta_fast", 32),
        rope.positive("beta_slow", 1),
        rope.flag("truncate", !rope.has("truncate")),
        rope.positive("attention_factor", attention));
  }
}
