package io.amalgam.policy.kernel;

import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import java.util.List;

/** The weights of a model on the device, ready for decoding. */
public final class GenerationModel implements AutoCloseable {
  private final ModelConfig config;

  private GenerationModel(ModelConfig config) {
    this.config = config;
  }

  /** Copies the weights to the device. */
  public static GenerationModel load(
      ModelConfig config, ModelWeights weights, ComputeSettings settings) {
    return new GenerationModel(config);
  }

  /** The shape of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Replaces all weights by those of a new version. */
  public void setWeights(ModelWeights weights) {
    throw new UnsupportedOperationException();
  }

  /** An empty cache. */
  public KvCache newCache(int rows, int length) {
    return new KvCache(rows, length, 0);
  }

  /** Computes each sequence once and stores its keys and values in all its rows. */
  public void prefill(KvCache cache, List<PrefillSequence> sequences) {
    throw new UnsupportedOperationException();
  }

  /** One decode step for rows 0 … in.rows()−1 of the cache. */
  public StepResult decode(KvCache cache, StepInput in) {
    throw new UnsupportedOperationException();
  }

  /** Copies the first {@code length} positions of a row into another row. */
  public void copyRow(KvCache cache, int from, int to, int length) {
    throw new UnsupportedOperationException();
  }

  /** The logits of a whole sequence, [T, vocabulary] row-major f32. */
  public float[] logits(int[] ids, float[] weights, int k) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
