package io.amalgam.policy.kernel;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How the named tensors of a model lie in the kernels' weight list: three global slots and thirteen
 * per layer, some of which hold the rows of several tensors (see {@code layers.py}).
 */
final class WeightSlots {
  static final int EMBEDDING = 0;
  static final int HEAD = 2;
  static final int PER_LAYER = 13;

  private static final Slot EMPTY = new Slot(new long[] {0}, List.of());

  /** One named tensor in a slot, starting at a row of it. */
  record Part(String name, long row, long rows) {}

  /**
   * One entry of the weight list.
   *
   * @param shape its shape; [0] where the family has nothing there
   * @param parts the tensors it holds, in order of rows
   */
  record Slot(long[] shape, List<Part> parts) {
    long elements() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private final boolean tied;
  private final List<Slot> slots;

  WeightSlots(ModelConfig c) {
    tied = c.tiedHead();
    slots = new ArrayList<>();
    Map<String, long[]> shapes = ParameterLayout.of(c);
    slots.add(slot(shapes, ParameterLayout.EMBEDDING));
    slots.add(slot(shapes, ParameterLayout.FINAL_NORM));
    slots.add(slot(shapes, tied ? ParameterLayout.EMBEDDING : ParameterLayout.HEAD));
    for (int l = 0; l < c.layers(); l++) {
      String p = ParameterLayout.layerPrefix(l);
      String a = p + "self_attn.";
      slots.add(slot(shapes, p + "input_layernorm.weight"));
      slots.add(slot(shapes, a + "q_proj.weight", a + "k_proj.weight", a + "v_proj.weight"));
      slots.add(slot(shapes, a + "q_proj.bias", a + "k_proj.bias", a + "v_proj.bias"));
      slots.add(slot(shapes, a + "q_norm.weight"));
      slots.add(slot(shapes, a + "k_norm.weight"));
      slots.add(slot(shapes, a + "o_proj.weight"));
      slots.add(slot(shapes, p + "post_attention_layernorm.weight"));
      slots.add(slot(shapes, p + "mlp.gate_proj.weight", p + "mlp.up_proj.weight"));
      slots.add(slot(shapes, p + "mlp.down_proj.weight"));
      slots.add(EMPTY);
      slots.add(slot(shapes, p + "mlp.gate_proj.bias", p + "mlp.up_proj.bias"));
      slots.add(slot(shapes, a + "o_proj.bias"));
      slots.add(slot(shapes, p + "mlp.down_proj.bias"));
    }
  }

  private WeightSlots(List<Slot> slots) {
    tied = false;
    this.slots = slots;
  }

  /** Another list of matrices, without a head. */
  static WeightSlots of(List<Slot> slots) {
    return new WeightSlots(List.copyOf(slots));
  }

  /** As many entries as the model's list has, all of them empty. */
  WeightSlots withoutValues() {
    return of(Collections.nCopies(slots.size(), EMPTY));
  }

  /** All entries; where the head is tied, entry {@link #HEAD} names the embedding again. */
  List<Slot> slots() {
    return slots;
  }

  boolean tied() {
    return tied;
  }

  /** Checks that names and shapes are exactly those of the configuration. */
  static void check(ModelConfig c, ModelWeights weights) {
    Map<String, long[]> shapes = ParameterLayout.of(c);
    for (Map.Entry<String, long[]> e : shapes.entrySet()) {
      HostTensor t = weights.tensors().get(e.getKey());
      if (t == null) {
        throw new ModelFormatException("the weights lack " + e.getKey());
      }
      if (!Arrays.equals(t.shape(), e.getValue())) {
        throw new ModelFormatException(
            e.getKey()
                + " has shape "
                + Arrays.toString(t.shape())
                + ", the configuration wants "
                + Arrays.toString(e.getValue()));
      }
    }
    for (String name : weights.tensors().keySet()) {
      if (!shapes.containsKey(name)) {
        throw new ModelFormatException("the configuration has no place for " + name);
      }
    }
  }

  /** The tensors of those names, as far as there are such, one below the other. */
  static Slot slot(Map<String, long[]> shapes, String... names) {
    List<Part> parts = new ArrayList<>();
    long rows = 0;
    long[] last = {0};
    for (String name : names) {
      long[] shape = shapes.get(name);
      if (shape != null) {
        parts.add(new Part(name, rows, shape[0]));
        rows += shape[0];
        last = shape.clone();
      }
    }
    last[0] = rows;
    return new Slot(last, parts);
  }
}
