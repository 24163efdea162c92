package io.amalgam.policy.kernel;

import io.amalgam.policy.model.lora.LoraAdapter;
import java.util.Optional;

/**
 * What of a model is trained, and what is kept for it.
 *
 * @param publishedValues whether the forward pass uses the weights rounded to bf16, as published
 * @param gradients format of the gradient buffers; in bf16 every addition is rounded to nearest
 * @param moments format of AdamW's moments
 * @param adapter the adapter to train, with its first values; without one all weights are trained
 */
public record TrainableSettings(
    boolean publishedValues,
    StateFormat gradients,
    StateFormat moments,
    Optional<LoraAdapter> adapter) {
  /** All weights, everything in f32. */
  public static TrainableSettings full(boolean publishedValues) {
    return new TrainableSettings(
        publishedValues, StateFormat.F32, StateFormat.F32, Optional.empty());
  }

  /** The adapter alone, everything in f32. */
  public static TrainableSettings lora(boolean publishedValues, LoraAdapter adapter) {
    return new TrainableSettings(
        publishedValues, StateFormat.F32, StateFormat.F32, Optional.of(adapter));
  }

  /** The same with other formats. */
  public TrainableSettings withFormats(StateFormat newGradients, StateFormat newMoments) {
    return new TrainableSettings(publishedValues, newGradients, newMoments, adapter);
  }
}
