package io.amalgam.policy.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names and shapes of all tensors of a model. */
public final class ParameterLayout {
  /** The name of the embedding matrix, [vocabulary, hidden]. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** The name of the last norm's weight, [hidden]. */
  public static final String FINAL_NORM = "model.norm.weight";

  /** The name of an untied head, [vocabulary, hidden]. */
  public static final String HEAD = "lm_head.weight";

  private ParameterLayout() {}

  /** What the names of layer {@code layer} start with. */
  public static String layerPrefix(int layer) {
    return "model.layers." + layer + ".";
  }

  /** Name to shape, in alphabetical order; linear weights are [out, in]. */
  public static SortedMap<String, long[]> of(ModelConfig c) {
    SortedMap<String, long[]> m = new TreeMap<>();
    long hidden = c.hiddenSize();
    long queries = (long) c.heads() * c.headDim();
    long keys = (long) c.keyValueHeads() * c.headDim();
    m.put(EMBEDDING, new long[] {c.vocabSize(), hidden});
    m.put(FINAL_NORM, new long[] {hidden});
    if (!c.tiedHead()) {
      m.put(HEAD, new long[] {c.vocabSize(), hidden});
    }
    for (int i = 0; i < c.layers(); i++) {
      String p = layerPrefix(i);
      m.put(p + "input_layernorm.weight", new long[] {hidden});
      m.put(p + "self_attn.q_proj.weight", new long[] {queries, hidden});
      m.put(p + "self_attn.k_proj.weight", new long[] {keys, hidden});
      m.put(p + "self_attn.v_proj.weight", new long[] {keys, hidden});
      m.put(p + "self_attn.o_proj.weight", new long[] {hidden, queries});
      if (c.biases().inputs()) {
        m.put(p + "self_attn.q_proj.bias", new long[] {queries});
        m.put(p + "self_attn.k_proj.bias", new long[] {keys});
        m.put(p + "self_attn.v_proj.bias", new long[] {keys});
      }
      if (c.biases().output()) {
        m.put(p + "self_attn.o_proj.bias", new long[] {hidden});
      }
      if (c.biases().feedForward()) {
        m.put(p + "mlp.gate_proj.bias", new long[] {c.intermediateSize()});
        m.put(p + "mlp.up_proj.bias", new long[] {c.intermediateSize()});
        m.put(p + "mlp.down_proj.bias", new long[] {hidden});
      }
      if (c.family().qkNorm()) {
        m.put(p + "self_attn.q_norm.weight", new long[] {c.headDim()});
        m.put(p + "self_attn.k_norm.weight", new long[] {c.headDim()});
      }
      m.put(p + "post_attention_layernorm.weight", new long[] {hidden});
      m.put(p + "mlp.gate_proj.weight", new long[] {c.intermediateSize(), hidden});
      m.put(p + "mlp.up_proj.weight", new long[] {c.intermediateSize(), hidden});
      m.put(p + "mlp.down_proj.weight", new long[] {hidden, c.intermediateSize()});
    }
    return Collections.unmodifiableSortedMap(m);
  }
}
