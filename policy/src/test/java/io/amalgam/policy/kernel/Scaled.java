package io.amalgam.policy.kernel;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.util.SortedMap;
import java.util.TreeMap;

/** Weights multiplied by a constant, so that a random model is far from uniform. */
public final class Scaled {
  private Scaled() {}

  /** All weights but those of norms times {@code factor}. */
  public static ModelWeights times(ModelWeights w, float factor) {
    SortedMap<String, HostTensor> out = new TreeMap<>();
    w.tensors()
        .forEach(
            (name, t) -> {
              float[] v = t.toFloats();
              if (!name.endsWith("norm.weight")) {
                for (int i = 0; i < v.length; i++) {
                  v[i] *= factor;
                }
              }
              out.put(name, HostTensor.ofFloats(v, t.shape()));
            });
    return new ModelWeights(out);
  }
}
