package io.amalgam.policy.weights;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.lora.AdapterMerge;
import io.amalgam.policy.model.lora.LoraAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The model that adapters are published for: who has it needs only the adapter of a version.
 *
 * <p>What is published may be a whole model or an adapter alone; {@link #weights} tells them apart.
 * Thread-safe; fingerprint and rounded copy are made when first needed, since full training needs
 * neither.
 */
public final class FrozenModel {
  private final ModelConfig config;
  private final ModelWeights stored;
  private Optional<Long> fingerprint = Optional.empty();
  private Optional<ModelWeights> rounded = Optional.empty();

  /**
   * A model with these weights.
   *
   * @param stored the weights as the model directory has them, not rounded
   */
  public FrozenModel(ModelConfig config, ModelWeights stored) {
    this.config = config;
    this.stored = stored;
  }

  /** What is published for an adapter: its factors, and what they belong to. */
  public ModelWeights publish(LoraAdapter adapter) {
    adapter.check(config);
    return new PublishedAdapter(adapter, fingerprint()).tensors();
  }

  /** The weights to decode with, bf16: the base with the adapter merged. */
  public ModelWeights merged(LoraAdapter adapter) {
    return AdapterMerge.published(stored, rounded(), adapter);
  }

  /**
   * The weights to decode with, from what was published: a whole model as it is, an adapter merged
   * into this base.
   *
   * @throws ModelFormatException if it is an adapter of another model
   */
  public ModelWeights weights(ModelWeights published) {
    if (!PublishedAdapter.isIn(published)) {
      return published;
    }
    PublishedAdapter adapter = PublishedAdapter.of(published, config);
    if (adapter.base() != fingerprint()) {
      throw new ModelFormatException(
          "the learner trains an adapter of another model than the one here; give every node the"
              + " same model");
    }
    return merged(adapter.adapter());
  }

  /** CRC-32C of all names and bytes, and the number of parameters. */
  private synchronized long fingerprint() {
    fingerprint =
        Optional.of(
            fingerprint.orElseGet(
                () -> {
                  CRC32C crc = new CRC32C();
                  for (Map.Entry<String, HostTensor> e : stored.tensors().entrySet()) {
                    crc.update(e.getKey().getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < e.getValue().pieces().size(); i++) {
                      crc.update(e.getValue().piece(i));
                    }
                    e.getValue().release();
                  }
                  return stored.parameters() << 32 ^ crc.getValue();
                }));
    return fingerprint.orElseThrow();
  }

  private synchronized ModelWeights rounded() {
    rounded = Optional.of(rounded.orElseGet(() -> PublishedValues.of(stored)));
    return rounded.orElseThrow();
  }
}
