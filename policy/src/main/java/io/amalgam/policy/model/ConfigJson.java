package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reading and writing of {@code config.json}, in the spelling of transformers 5 ({@code
 * rope_parameters}, {@code dtype}, {@code layer_types}) and in the older one ({@code rope_theta},
 * {@code rope_scaling}, {@code torch_dtype}).
 */
final class ConfigJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigJson() {}

  /**
   * The configuration that {@code root} describes.
   *
   * @throws ModelFormatException naming the field that is missing or not supported
   */
  static ModelConfig parse(JsonNode root) {
    Family family = family(root);
    int hidden = integer(root, "hidden_size");
    int layers = integer(root, "num_hidden_layers");
    int heads = integer(root, "num_attention_heads");
    int headDim = present(root, "head_dim") ? integer(root, "head_dim") : hidden / heads;
    if (!root.path("hidden_act").asText("silu").equals("silu")) {
      throw new ModelFormatException(
          "hidden_act " + root.path("hidden_act").asText() + " is not supported, only silu");
    }
    if (root.path("mlp_bias").asBoolean(false)
        || (!family.qkvBias() && root.path("attention_bias").asBoolean(false))) {
      throw new ModelFormatException(
          "attention_bias and mlp_bias are not supported for " + family.architecture());
    }
    List<Boolean> rotary = rotaryLayers(root, family, layers);
    int positions = root.path("max_position_embeddings").asInt(usualPositions(family));
    return new ModelConfig(
        family,
        integer(root, "vocab_size"),
        hidden,
        integer(root, "intermediate_size"),
        layers,
        heads,
        present(root, "num_key_value_heads") ? integer(root, "num_key_value_heads") : heads,
        headDim,
        root.path("rms_norm_eps").asDouble(1e-6),
        RotaryJson.parse(root, family.equals(Family.SMOLLM3) ? 2e6 : 1e4, positions),
        rotary,
        windows(root, family, rotary),
        root.path("tie_word_embeddings").asBoolean(family.equals(Family.SMOLLM3)),
        positions,
        optional(root, "bos_token_id"),
        ids(root.path("eos_token_id")),
        optional(root, "pad_token_id"),
        dtype(root));
  }

  private static Family family(JsonNode root) {
    JsonNode names = root.path("architectures");
    if (names.size() > 0) {
      return Family.ofArchitecture(names.get(0).asText());
    }
    String type = root.path("model_type").asText("");
    return Family.ALL.stream()
        .filter(f -> f.modelType().equals(type))
        .findFirst()
        .orElseThrow(() -> new ModelFormatException("config.json names no architecture"));
  }

  private static List<Boolean> rotaryLayers(JsonNode root, Family family, int layers) {
    JsonNode given = root.path("no_rope_layers");
    int interval = root.path("no_rope_layer_interval").asInt(4);
    List<Boolean> out = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      if (!family.equals(Family.SMOLLM3)) {
        out.add(true);
      } else if (given.isArray()) {
        // despite the name, 1 means that the layer has rotary positions
        out.add(given.path(l).asInt(1) != 0);
      } else {
        out.add((l + 1) % interval != 0);
      }
    }
    return out;
  }

  /** What a configuration that does not say it means, as transformers has it. */
  private static int usualPositions(Family family) {
    return family.equals(Family.LLAMA) ? 2048 : family.equals(Family.MISTRAL) ? 131_072 : 32_768;
  }

  private static List<Integer> windows(JsonNode root, Family family, List<Boolean> rotary) {
    int window = root.path("sliding_window").asInt(0);
    boolean used = root.path("use_sliding_window").asBoolean(false);
    JsonNode types = root.path("layer_types");
    int from = root.path("max_window_layers").asInt(28);
    List<Integer> out = new ArrayList<>();
    for (int l = 0; l < rotary.size(); l++) {
      boolean windowed;
      if (family.equals(Family.MISTRAL)) {
        windowed = true;
      } else if (family.equals(Family.LLAMA) || !used) {
        windowed = false;
      } else if (types.isArray()) {
        windowed = types.path(l).asText().equals("sliding_attention");
      } else {
        windowed = family.equals(Family.SMOLLM3) ? !rotary.get(l) : l >= from;
      }
      out.add(windowed ? window : 0);
    }
    return out;
  }

  private static DType dtype(JsonNode root) {
    String name = root.path("dtype").asText(root.path("torch_dtype").asText("float32"));
    return switch (name) {
      case "bfloat16" -> DType.BF16;
      case "float16" -> DType.F16;
      default -> DType.F32;
    };
  }

  /** One id, a list of ids, or null. */
  static List<Integer> ids(JsonNode node) {
    List<Integer> out = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(n -> out.add(n.asInt()));
    } else if (node.isIntegralNumber()) {
      out.add(node.asInt());
    }
    return out;
  }

  /** The configuration as {@code config.json}, readable by old and new libraries. */
  static ObjectNode write(ModelConfig c, DType dtype) {
    ObjectNode o = JSON.createObjectNode();
    o.putArray("architectures").add(c.family().architecture());
    o.put("model_type", c.family().modelType());
    o.put("vocab_size", c.vocabSize());
    o.put("hidden_size", c.hiddenSize());
    o.put("intermediate_size", c.intermediateSize());
    o.put("num_hidden_layers", c.layers());
    o.put("num_attention_heads", c.heads());
    o.put("num_key_value_heads", c.keyValueHeads());
    o.put("head_dim", c.headDim());
    o.put("hidden_act", "silu");
    o.put("rms_norm_eps", c.normEpsilon());
    o.put("max_position_embeddings", c.maxPositions());
    o.put("tie_word_embeddings", c.tiedHead());
    o.put("attention_bias", c.family().qkvBias());
    o.put("initializer_range", 0.02);
    RotaryJson.write(o, c.rotary());
    int window = c.windows().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (window > 0) {
      o.put("sliding_window", window);
      o.put("use_sliding_window", true);
      ArrayNode types = o.putArray("layer_types");
      c.windows().forEach(w -> types.add(w > 0 ? "sliding_attention" : "full_attention"));
    } else {
      o.putNull("sliding_window");
      o.put("use_sliding_window", false);
    }
    if (c.family().equals(Family.SMOLLM3)) {
      ArrayNode rotary = o.putArray("no_rope_layers");
      c.rotaryLayers().forEach(r -> rotary.add(r ? 1 : 0));
    }
    c.bosToken().ifPresentOrElse(v -> o.put("bos_token_id", v), () -> o.putNull("bos_token_id"));
    c.padToken().ifPresentOrElse(v -> o.put("pad_token_id", v), () -> o.putNull("pad_token_id"));
    writeIds(o, "eos_token_id", c.eosTokens());
    String name = dtype == DType.BF16 ? "bfloat16" : dtype == DType.F16 ? "float16" : "float32";
    o.put("dtype", name);
    o.put("torch_dtype", name);
    o.put("use_cache", true);
    return o;
  }

  /** One id as a number, several as a list, none as null. */
  static void writeIds(ObjectNode o, String field, List<Integer> ids) {
    if (ids.isEmpty()) {
      o.putNull(field);
    } else if (ids.size() == 1) {
      o.put(field, ids.get(0));
    } else {
      ArrayNode list = o.putArray(field);
      ids.forEach(list::add);
    }
  }

  private static boolean present(JsonNode root, String field) {
    return root.path(field).isIntegralNumber();
  }

  private static OptionalInt optional(JsonNode root, String field) {
    return present(root, field) ? OptionalInt.of(root.path(field).asInt()) : OptionalInt.empty();
  }

  private static int integer(JsonNode root, String field) {
    if (!present(root, field)) {
      throw new ModelFormatException("config.json lacks the number " + field);
    }
    return root.path(field).asInt();
  }
}
