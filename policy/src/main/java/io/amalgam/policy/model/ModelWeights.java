package io.amalgam.policy.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tensors of a model in host memory, by their Hugging Face names (for example {@code
 * model.layers.0.mlp.up_proj.weight}).
 *
 * <p>A tied head appears once, as {@code model.embed_tokens.weight}. Immutable.
 *
 * @param tensors name to tensor, in alphabetical order
 */
public record ModelWeights(SortedMap<String, HostTensor> tensors) {
  /** Copies the map. */
  public ModelWeights {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /** The tensor of that name; an unknown name is an error. */
  public HostTensor get(String name) {
    HostTensor t = tensors.get(name);
    if (t == null) {
      throw new IllegalArgumentException("the model has no tensor named " + name);
    }
    return t;
  }

  /** The number of parameters. */
  public long parameters() {
    return tensors.values().stream().mapToLong(HostTensor::elements).sum();
  }
}
