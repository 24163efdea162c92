package io.amalgam.policy.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelJson;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an {@code adapter_config.json} of peft says, as far as it is LoRA of linear layers.
 *
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}
 * @param rankStabilised {@code use_rslora}
 * @param adapts whether the linear layer of that name ({@code model.layers.0.self_attn.q_proj}) is
 *     adapted: {@code target_modules} and {@code layers_to_transform}
 * @param base {@code base_model_name_or_path}, if it is there
 */
record PeftConfig(
    int rank,
    double alpha,
    boolean rankStabilised,
    Predicate<String> adapts,
    Optional<String> base) {
  static final String FILE = "adapter_config.json";

  private static final String ALL_LINEAR = "all-linear";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What changes the computation or the base, and is not done here; fine while it says nothing. */
  private static final List<String> REFUSED =
      List.of(
          "alora_invocation_tokens",
          "alpha_pattern",
          "arrow_config",
          "exclude_modules",
          "fan_in_fan_out",
          "kasa_config",
          "layer_replication",
          "lora_bias",
          "modules_to_save",
          "monteclora_config",
          "rank_pattern",
          "target_parameters",
          "trainable_token_indices",
          "velora_config");

  /** Ways to start an adapter that also change the base model. */
  private static final List<String> CHANGED_BASE =
      List.of("pissa", "olora", "corda", "loftq", "lora_ga");

  /**
   * Reads a file.
   *
   * @throws ModelFormatException naming the file and the entry that cannot be used
   */
  static PeftConfig read(Path file) {
    JsonNode root = ModelJson.read(file);
    String type = root.path("peft_type").asText();
    if (!type.equals("LORA")) {
      throw bad(file, "peft_type is \"" + type + "\"; only LORA can be used");
    }
    for (Map.Entry<String, JsonNode> e : root.properties()) {
      String key = e.getKey();
      boolean other = key.startsWith("use_") && !key.equals("use_rslora");
      if ((other || REFUSED.contains(key)) && says(e.getValue())) {
        throw bad(
            file, key + " = " + e.getValue() + "; only plain LoRA of linear layers can be used");
      }
    }
    String bias = root.path("bias").asText("none");
    if (!bias.equals("none")) {
      throw bad(file, "bias = \"" + bias + "\"; only adapters that train no bias can be used");
    }
    String start = root.path("init_lora_weights").asText();
    if (CHANGED_BASE.stream().anyMatch(start::startsWith)) {
      throw bad(
          file,
          "init_lora_weights = \""
              + start
              + "\" has changed the base model too; let peft convert the adapter when it saves it");
    }
    return new PeftConfig(
        rank(file, root),
        alpha(file, root),
        root.path("use_rslora").asBoolean(),
        targets(file, root.path("target_modules")).and(layers(file, root)),
        Optional.of(root.path("base_model_name_or_path").asText("")).filter(b -> !b.isBlank()));
  }

  /** The file of an adapter, complete as peft writes it. */
  static String write(LoraSpec spec, String base) {
    ObjectNode o = JSON.createObjectNode();
    o.putObject("alpha_pattern");
    o.put("base_model_name_or_path", base);
    o.put("bias", "none");
    o.put("fan_in_fan_out", false);
    o.put("inference_mode", true);
    o.put("init_lora_weights", true);
    o.putNull("layers_to_transform");
    if (spec.alpha() == Math.rint(spec.alpha())) {
      o.put("lora_alpha", (long) spec.alpha());
    } else {
      o.put("lora_alpha", spec.alpha());
    }
    o.put("lora_dropout", 0.0);
    o.putNull("modules_to_save");
    o.put("peft_type", "LORA");
    o.put("r", spec.rank());
    o.putObject("rank_pattern");
    ArrayNode targets = o.putArray("target_modules");
    spec.targets().forEach(t -> targets.add(t.module()));
    o.put("task_type", "CAUSAL_LM");
    o.put("use_dora", false);
    o.put("use_rslora", spec.rankStabilised());
    return o.toPrettyString() + "\n";
  }

  /** Whether an entry says more than null, false, or nothing. */
  private static boolean says(JsonNode value) {
    return value.isContainerNode()
        ? !value.isEmpty()
        : !value.isNull() && !value.isMissingNode() && (!value.isBoolean() || value.asBoolean());
  }

  private static int rank(Path file, JsonNode root) {
    JsonNode r = root.path("r");
    if (!r.isInt() || r.intValue() < 1) {
      throw bad(file, "r = " + r + ", must be a whole number above 0");
    }
    return r.intValue();
  }

  private static double alpha(Path file, JsonNode root) {
    JsonNode alpha = root.path("lora_alpha");
    if (!alpha.isNumber() || !(alpha.doubleValue() > 0)) {
      throw bad(file, "lora_alpha = " + alpha + ", must be a number above 0");
    }
    return alpha.doubleValue();
  }

  /** As in peft: a list names ends of names, a text is a regular expression of the whole name. */
  private static Predicate<String> targets(Path file, JsonNode targets) {
    if (targets.isArray() && !targets.isEmpty()) {
      Set<String> ends = new HashSet<>();
      targets.forEach(t -> ends.add(t.asText()));
      return name -> ends.stream().anyMatch(end -> name.equals(end) || name.endsWith("." + end));
    }
    if (!targets.isTextual()) {
      throw bad(
          file,
          "target_modules = " + targets + ", must be a list of names or a regular expression");
    }
    if (targets.textValue().equals(ALL_LINEAR)) {
      return name -> true;
    }
    try {
      return Pattern.compile(targets.textValue()).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      throw new ModelFormatException(
          file + ": target_modules is no regular expression: " + e.getDescription(), e);
    }
  }

  private static Predicate<String> layers(Path file, JsonNode root) {
    JsonNode chosen = root.path("layers_to_transform");
    JsonNode pattern = root.path("layers_pattern");
    boolean usual = pattern.isTextual() && List.of("", "layers").contains(pattern.textValue());
    if (says(pattern) && !usual) {
      throw bad(file, "layers_pattern = " + pattern + "; the layers are called layers here");
    }
    if (!says(chosen)) {
      return name -> true;
    }
    Set<String> numbers = new HashSet<>();
    for (JsonNode n : chosen.isArray() ? chosen : JSON.createArrayNode().add(chosen)) {
      if (!n.isInt()) {
        throw bad(file, "layers_to_transform = " + chosen + ", must hold whole numbers");
      }
      numbers.add(n.asText());
    }
    return name -> numbers.contains(name.split("\\.")[2]);
  }

  private static ModelFormatException bad(Path file, String reason) {
    return new ModelFormatException(file + ": " + reason);
  }
}
