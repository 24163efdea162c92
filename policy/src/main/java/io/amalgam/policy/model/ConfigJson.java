package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading of {@code config.json}, in the spelling of transformers 5 ({@code rope_parameters},
 * {@code dtype}, {@code layer_types}) and in the older one ({@code rope_theta}, {@code
 * rope_scaling}, {@code torch_dtype}). What is absent means what it means in transformers, except
 * that {@code head_dim} is hidden size over heads in every family.
 */
final class ConfigJson {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigJson.class);

  /** No published model comes near; a larger number is a damaged file. */
  private static final int MAX_LAYERS = 10_000;

  private static final int MAX_WIDTH = 1 << 24;
  private static final double MAX_PARAMETERS = 1e12;
  private static final String PLACE = "config.json";

  private ConfigJson() {}

  /**
   * The configuration that {@code root} describes.
   *
   * @throws ModelFormatException naming the field that is missing or not supported
   */
  static ModelConfig parse(JsonNode root) {
    if (!root.isObject()) {
      throw new ModelFormatException("config.json is not a JSON object");
    }
    JsonFields in = new JsonFields(root, PLACE);
    Family family = family(in);
    refuseWhatIsNotComputed(in);
    FamilyDefaults defaults = FamilyDefaults.of(family);
    int vocabulary = bounded(in, "vocab_size", MAX_WIDTH);
    int hidden = bounded(in, "hidden_size", MAX_WIDTH);
    int intermediate = bounded(in, "intermediate_size", MAX_WIDTH);
    int layers = bounded(in, "num_hidden_layers", MAX_LAYERS);
    int heads = bounded(in, "num_attention_heads", MAX_WIDTH);
    int groups = in.size("num_key_value_heads", defaults.keyValueHeads().orElse(heads), heads);
    int headDim = headDim(in, hidden, heads);
    int positions =
        in.size("max_position_embeddings", defaults.maxPositions(), defaults.maxPositions());
    requirePossible(vocabulary, hidden, intermediate, layers, heads, groups, headDim);
    List<Boolean> rotary = rotaryLayers(in, family, layers);
    return new ModelConfig(
        family,
        vocabulary,
        hidden,
        intermediate,
        layers,
        heads,
        groups,
        headDim,
        biases(in, family),
        in.positive("rms_norm_eps", 1e-6),
        RotaryJson.parse(in, defaults.theta(), positions, headDim),
        rotary,
        WindowJson.parse(in, family, defaults, layers, rotary),
        in.flag("tie_word_embeddings", defaults.tiedHead()),
        positions,
        in.id("bos_token_id", defaults.bosToken()),
        endTokens(in, within(defaults.eosTokens(), vocabulary), vocabulary),
        in.id("pad_token_id", defaults.padToken()),
        dtype(in));
  }

  /** The ids of a {@code generation_config.json}; empty when it names none. */
  static List<Integer> endTokens(JsonNode root, int vocabulary) {
    if (!root.isObject()) {
      throw new ModelFormatException("it is not a JSON object");
    }
    return endTokens(new JsonFields(root, "generation_config.json"), List.of(), vocabulary);
  }

  /**
   * An id that the vocabulary lacks is never sampled, so it can stay away; libraries write some.
   */
  private static List<Integer> endTokens(JsonFields in, List<Integer> absent, int vocabulary) {
    List<Integer> ids = in.ids("eos_token_id", absent);
    List<Integer> usable = within(ids, vocabulary);
    if (usable.size() < ids.size()) {
      LOG.warn(
          "{}: eos_token_id {} is outside the vocabulary of {} and ends nothing",
          in.place(),
          ids.stream().filter(id -> !usable.contains(id)).toList(),
          vocabulary);
    }
    return usable;
  }

  /** A family's usual ids mean nothing in a smaller vocabulary. */
  private static List<Integer> within(List<Integer> ids, int vocabulary) {
    return ids.stream().filter(id -> id >= 0 && id < vocabulary).toList();
  }

  /**
   * {@code model_type} decides, as in transformers, and {@code architectures} where it is absent;
   * but a list without any supported one is that of another kind of model.
   */
  private static Family family(JsonFields in) {
    List<String> names =
        in.list("architectures").orElse(List.of()).stream().map(JsonNode::asText).toList();
    Optional<Family> listed =
        names.stream().map(Family::ofArchitecture).flatMap(Optional::stream).findFirst();
    if (!names.isEmpty() && listed.isEmpty()) {
      throw Family.unknown("architecture " + names.get(0));
    }
    Optional<String> type = in.text("model_type");
    if (type.isPresent()) {
      return Family.ofModelType(type.get())
          .orElseThrow(() -> Family.unknown("model_type " + type.get()));
    }
    return listed.orElseThrow(
        () -> new ModelFormatException("config.json names no model_type and no architecture"));
  }

  private static void refuseWhatIsNotComputed(JsonFields in) {
    String activation = in.text("hidden_act").orElse("silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw new ModelFormatException(
          "hidden_act " + activation + " is not supported; supported is silu (swish)");
    }
    if (in.given("quantization_config")) {
      throw new ModelFormatException(
          "the weights are quantised ("
              + in.object().path("quantization_config").path("quant_method").asText("unnamed")
              + "), which is not supported – give the model in bf16, f16 or f32");
    }
  }

  /** A family without the field ignores it, as in transformers. */
  private static Biases biases(JsonFields in, Family family) {
    boolean attention = family.attentionBias() && in.flag("attention_bias", false);
    boolean feedForward = family.mlpBias() && in.flag("mlp_bias", false);
    return new Biases(family.usualBiases().inputs() || attention, attention, feedForward);
  }

  private static int bounded(JsonFields in, String field, int most) {
    int value = in.size(field);
    if (value > most) {
      throw in.wrong(field, "must be at most " + most);
    }
    return value;
  }

  private static int headDim(JsonFields in, int hidden, int heads) {
    if (in.given("head_dim")) {
      return bounded(in, "head_dim", MAX_WIDTH);
    }
    if (hidden % heads != 0) {
      throw new ModelFormatException(
          "hidden_size "
              + hidden
              + " is no multiple of num_attention_heads "
              + heads
              + ", and there is no head_dim");
    }
    return hidden / heads;
  }

  private static void requirePossible(
      double vocabulary,
      double hidden,
      double intermediate,
      double layers,
      double heads,
      double groups,
      double headDim) {
    double perLayer = hidden * (3 * intermediate + 2 * (heads + groups) * headDim);
    double all = vocabulary * hidden + layers * perLayer;
    if (all > MAX_PARAMETERS) {
      throw new ModelFormatException(
          String.format(java.util.Locale.ROOT, "config.json asks for %.1e parameters", all)
              + ", more than any memory holds");
    }
  }

  private static List<Boolean> rotaryLayers(JsonFields in, Family family, int layers) {
    List<Boolean> out = new ArrayList<>();
    Optional<List<JsonNode>> given =
        family.equals(Family.SMOLLM3) ? in.list("no_rope_layers") : Optional.empty();
    if (given.isPresent() && given.get().size() < layers) {
      throw in.wrong("no_rope_layers", "must have an entry for each of " + layers + " layers");
    }
    int interval = family.equals(Family.SMOLLM3) ? in.size("no_rope_layer_interval", 4, 4) : 0;
    for (int l = 0; l < layers; l++) {
      if (given.isPresent()) {
        JsonNode n = given.get().get(l);
        if (!n.isInt() || n.asInt() < 0 || n.asInt() > 1) {
          throw in.wrong("no_rope_layers", "must be a list of 0 and 1");
        }
        // despite the name, 1 means that the layer has rotary positions
        out.add(n.asInt() == 1);
      } else {
        out.add(interval == 0 || (l + 1) % interval != 0);
      }
    }
    return out;
  }

  private static DType dtype(JsonFields in) {
    String name = in.text("dtype").or(() -> in.text("torch_dtype")).orElse("float32");
    return switch (name) {
      case "bfloat16" -> DType.BF16;
      case "float16" -> DType.F16;
      default -> DType.F32;
    };
  }
}
