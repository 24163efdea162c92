package io.amalgam.policy.model.lora;

import io.amalgam.policy.model.ParameterLayout;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A linear layer of the transformer that an adapter can attach to. */
public enum LoraTarget {
  /** Queries. */
  QUERY("self_attn", "q_proj"),
  /** Keys. */
  KEY("self_attn", "k_proj"),
  /** Values. */
  VALUE("self_attn", "v_proj"),
  /** What joins the attention heads. */
  OUTPUT("self_attn", "o_proj"),
  /** The gate of the feed-forward layer. */
  GATE("mlp", "gate_proj"),
  /** What the gate multiplies. */
  UP("mlp", "up_proj"),
  /** The feed-forward layer's way back into the residual stream. */
  DOWN("mlp", "down_proj");

  /** What follows a layer's {@link #path} in the name of its matrix. */
  static final String WEIGHT = ".weight";

  /** What follows it in the name of the adapter's factor A. */
  static final String A = ".lora_A.weight";

  /** What follows it in the name of the adapter's factor B. */
  static final String B = ".lora_B.weight";

  private final String block;
  private final String module;

  LoraTarget(String block, String module) {
    this.block = block;
    this.module = module;
  }

  /** The last part of its name, as in peft's {@code target_modules}: {@code q_proj}. */
  public String module() {
    return module;
  }

  /** Its name in a layer: {@code model.layers.0.self_attn.q_proj}. */
  public String path(int layer) {
    return ParameterLayout.layerPrefix(layer) + block + "." + module;
  }

  /** The name of the frozen matrix, [out, in]. */
  public String weight(int layer) {
    return path(layer) + WEIGHT;
  }

  /** The name of the adapter's factor A, [rank, in]. */
  public String a(int layer) {
    return path(layer) + A;
  }

  /** The name of the adapter's factor B, [out, rank]. */
  public String b(int layer) {
    return path(layer) + B;
  }

  /**
   * The target of that {@link #module()}.
   *
   * @throws IllegalArgumentException naming the known ones if it is none of them
   */
  public static LoraTarget ofModule(String module) {
    return Arrays.stream(values())
        .filter(t -> t.module.equals(module))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\""
                        + module
                        + "\" is no layer an adapter can attach to; known are "
                        + Arrays.stream(values())
                            .map(LoraTarget::module)
                            .collect(Collectors.joining(", "))));
  }
}
