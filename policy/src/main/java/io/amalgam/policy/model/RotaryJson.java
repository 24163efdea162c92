package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The rotary positions in {@code config.json}: {@code rope_parameters} of transformers 5, or the
 * older {@code rope_theta} and {@code rope_scaling}.
 */
final class RotaryJson {
  private RotaryJson() {}

  /** The settings that {@code root} describes; {@code theta} is the family's base where none is. */
  static RotarySettings parse(JsonNode root, double theta, int positions) {
    JsonNode now = root.path("rope_parameters");
    JsonNode scaling = now.isObject() ? now : root.path("rope_scaling");
    JsonNode base = now.path("rope_theta").isNumber() ? now : root;
    if (number(scaling, "partial_rotary_factor", number(root, "partial_rotary_factor", 1)) != 1) {
      throw new ModelFormatException("partial_rotary_factor is not supported, only 1");
    }
    return new RotarySettings(number(base, "rope_theta", theta), scaling(root, scaling, positions));
  }

  private static Optional<RotaryScaling> scaling(JsonNode root, JsonNode s, int positions) {
    String type = s.path("rope_type").asText(s.path("type").asText("default"));
    return switch (type) {
      case "default" -> Optional.empty();
      case "linear" -> Optional.of(new RotaryScaling.Linear(required(s, "factor")));
      case "dynamic" -> Optional.of(new RotaryScaling.Dynamic(required(s, "factor")));
      case "llama3" ->
          Optional.of(
              new RotaryScaling.Llama3(
                  required(s, "factor"),
                  required(s, "low_freq_factor"),
                  required(s, "high_freq_factor"),
                  original(root, s, positions)));
      case "yarn" -> Optional.of(yarn(s, original(root, s, positions), positions));
      default ->
          throw new ModelFormatException(
              "rope type "
                  + type
                  + " is not supported; supported are default, linear, dynamic, llama3, yarn");
    };
  }

  private static RotaryScaling.Yarn yarn(JsonNode s, double original, int positions) {
    double factor = number(s, "factor", positions / original);
    double scale = number(s, "mscale", 0);
    double scaleOfAll = number(s, "mscale_all_dim", 0);
    double attention =
        scale != 0 && scaleOfAll != 0
            ? RotaryScaling.Yarn.usualAttentionFactor(factor, scale)
                / RotaryScaling.Yarn.usualAttentionFactor(factor, scaleOfAll)
            : RotaryScaling.Yarn.usualAttentionFactor(factor, 1);
    return new RotaryScaling.Yarn(
        factor,
        original,
        number(s, "beta_fast", 32),
        number(s, "beta_slow", 1),
        s.path("truncate").asBoolean(true),
        number(s, "attention_factor", attention));
  }

  /** Context length before the extension: beside the scaling, within it, or the context itself. */
  private static double original(JsonNode root, JsonNode scaling, int positions) {
    String field = "original_max_position_embeddings";
    return number(root, field, number(scaling, field, positions));
  }

  /** Writes both spellings. */
  static void write(ObjectNode o, RotarySettings rotary) {
    ObjectNode now = o.putObject("rope_parameters");
    now.put("rope_theta", rotary.theta());
    o.put("rope_theta", rotary.theta());
    if (rotary.scaling().isEmpty()) {
      now.put("rope_type", "default");
      return;
    }
    for (ObjectNode n : List.of(now, o.putObject("rope_scaling"))) {
      write(n, rotary.scaling().get());
    }
  }

  private static void write(ObjectNode n, RotaryScaling scaling) {
    if (scaling instanceof RotaryScaling.Linear s) {
      n.put("rope_type", "linear").put("factor", s.factor());
    } else if (scaling instanceof RotaryScaling.Dynamic s) {
      n.put("rope_type", "dynamic").put("factor", s.factor());
    } else if (scaling instanceof RotaryScaling.Llama3 s) {
      n.put("rope_type", "llama3")
          .put("factor", s.factor())
          .put("low_freq_factor", s.lowFrequencyFactor())
          .put("high_freq_factor", s.highFrequencyFactor())
          .put("original_max_position_embeddings", (long) s.originalPositions());
    } else if (scaling instanceof RotaryScaling.Yarn s) {
      n.put("rope_type", "yarn")
          .put("factor", s.factor())
          .put("original_max_position_embeddings", (long) s.originalPositions())
          .put("beta_fast", s.betaFast())
          .put("beta_slow", s.betaSlow())
          .put("truncate", s.truncate())
          .put("attention_factor", s.attentionFactor());
    }
  }

  private static double number(JsonNode node, String field, double otherwise) {
    return node.path(field).isNumber() ? node.path(field).asDouble() : otherwise;
  }

  private static double required(JsonNode scaling, String field) {
    if (!scaling.path(field).isNumber()) {
      throw new ModelFormatException("config.json lacks the number " + field + " of rope scaling");
    }
    return scaling.path(field).asDouble();
  }
}
