package io.amalgam.policy.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A family of decoder-only transformers, described by what distinguishes it; one implementation
 * reads these facts.
 *
 * @param architecture the class name in {@code config.json}
 * @param modelType the {@code model_type} in {@code config.json}
 * @param usualBiases the biases without any field of {@code config.json}
 * @param attentionBias whether {@code attention_bias} asks for biases of all four projections
 * @param mlpBias whether {@code mlp_bias} asks for biases of the feed-forward layer
 * @param qkNorm whether queries and keys are normalised per head before the rotary positions
 */
public record Family(
    String architecture,
    String modelType,
    Biases usualBiases,
    boolean attentionBias,
    boolean mlpBias,
    boolean qkNorm) {
  /** Qwen2 and Qwen2.5. */
  public static final Family QWEN2 =
      new Family("Qwen2ForCausalLM", "qwen2", Biases.INPUTS, false, false, false);

  /** Llama 2 and 3, SmolLM and SmolLM2, TinyLlama. */
  public static final Family LLAMA =
      new Family("LlamaForCausalLM", "llama", Biases.NONE, true, true, false);

  /** Qwen3. */
  public static final Family QWEN3 =
      new Family("Qwen3ForCausalLM", "qwen3", Biases.NONE, true, false, true);

  /** Mistral, with or without a sliding window. */
  public static final Family MISTRAL =
      new Family("MistralForCausalLM", "mistral", Biases.NONE, false, false, false);

  /** SmolLM3, where some layers have no rotary positions. */
  public static final Family SMOLLM3 =
      new Family("SmolLM3ForCausalLM", "smollm3", Biases.NONE, true, true, false);

  /** All families that can be loaded. */
  public static final List<Family> ALL = List.of(QWEN2, LLAMA, QWEN3, MISTRAL, SMOLLM3);

  /** The family of that architecture, if it is a supported one. */
  static Optional<Family> ofArchitecture(String architecture) {
    return ALL.stream().filter(f -> f.architecture.equals(architecture)).findFirst();
  }

  /** The family of that {@code model_type}, if it is a supported one. */
  static Optional<Family> ofModelType(String type) {
    return ALL.stream().filter(f -> f.modelType.equals(type)).findFirst();
  }

  /** The error for a model of none of the families, with the supported ones. */
  static ModelFormatException unknown(String what) {
    return new ModelFormatException(
        what
            + " is not supported; supported are "
            + ALL.stream().map(Family::architecture).collect(Collectors.joining(", ")));
  }
}
