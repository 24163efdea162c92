package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writing of {@code config.json} in the old and the new spelling at once. */
final class ConfigWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigWriter() {}

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
    o.put("attention_bias", c.biases().inputs());
    if (c.family().mlpBias()) {
      o.put("mlp_bias", c.biases().feedForward());
    }
    o.put("initializer_range", 0.02);
    writeRotary(o, c.rotary());
    writeWindows(o, c);
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

  /** As each family spells it; transformers warns of fields that a family does not know. */
  private static void writeWindows(ObjectNode o, ModelConfig c) {
    if (c.family().equals(Family.LLAMA)) {
      return;
    }
    int window = c.windows().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (window > 0) {
      o.put("sliding_window", window);
    } else {
      o.putNull("sliding_window");
    }
    boolean mistral = c.family().equals(Family.MISTRAL);
    if (!mistral) {
      o.put("use_sliding_window", window > 0);
    }
    if (!mistral || c.windows().stream().distinct().count() > 1) {
      ArrayNode types = o.putArray("layer_types");
      c.windows().forEach(w -> types.add(w > 0 ? "sliding_attention" : "full_attention"));
    }
  }

  /** Both spellings. */
  static void writeRotary(ObjectNode o, RotarySettings rotary) {
    ObjectNode now = o.putObject("rope_parameters");
    now.put("rope_theta", rotary.theta());
    now.put("rope_type", "default");
    o.put("rope_theta", rotary.theta());
    if (rotary.scaling().isPresent()) {
      ObjectNode old = o.putObject("rope_scaling");
      writeScaling(now, rotary.scaling().get());
      writeScaling(old, rotary.scaling().get());
    }
  }

  private static void writeScaling(ObjectNode o, RotaryScaling scaling) {
    if (scaling instanceof RotaryScaling.Linear s) {
      o.put("rope_type", "linear").put("factor", s.factor());
    } else if (scaling instanceof RotaryScaling.Dynamic s) {
      o.put("rope_type", "dynamic").put("factor", s.factor());
    } else if (scaling instanceof RotaryScaling.Llama3 s) {
      o.put("rope_type", "llama3")
          .put("factor", s.factor())
          .put("low_freq_factor", s.lowFrequencyFactor())
          .put("high_freq_factor", s.highFrequencyFactor())
          .put("original_max_position_embeddings", (long) s.originalPositions());
    } else if (scaling instanceof RotaryScaling.Yarn s) {
      o.put("rope_type", "yarn")
          .put("factor", s.factor())
          .put("original_max_position_embeddings", (long) s.originalPositions())
          .put("beta_fast", s.betaFast())
          .put("beta_slow", s.betaSlow())
          .put("truncate", s.truncate())
          .put("attention_factor", s.attentionFactor());
    } else if (scaling instanceof RotaryScaling.LongRope s) {
      o.put("rope_type", "longrope")
          .put("original_max_position_embeddings", (long) s.originalPositions())
          .put("attention_factor", s.attentionFactor());
      s.shortFactors().forEach(o.putArray("short_factor")::add);
      s.longFactors().forEach(o.putArray("long_factor")::add);
    }
  }
}
