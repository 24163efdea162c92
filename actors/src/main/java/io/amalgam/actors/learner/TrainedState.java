package io.amalgam.actors.learner;

import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraSpec;
import java.util.Optional;

/**
 * What training has made of a model or of its adapter, one part at a time: each call may copy from
 * the device, and a large model's parts need not be in host memory together.
 */
public interface TrainedState {
  /** Shape of the adapter that was trained; empty when the whole model was. */
  default Optional<LoraSpec> lora() {
    return Optional.empty();
  }

  /** The trained values in f32: all weights, or those of the adapter. */
  ModelWeights masters();

  /** AdamW's first moments. */
  ModelWeights firstMoments();

  /** AdamW's second moments. */
  ModelWeights secondMoments();

  /** Optimiser steps taken. */
  long steps();

  /** A state that is in host memory. */
  static TrainedState of(ModelWeights masters, OptimiserState optimiser, Optional<LoraSpec> lora) {
    return new TrainedState() {
      @Override
      public Optional<LoraSpec> lora() {
        return lora;
      }

      @Override
      public ModelWeights masters() {
        return masters;
      }

      @Override
      public ModelWeights firstMoments() {
        return optimiser.first();
      }

      @Override
      public ModelWeights secondMoments() {
        return optimiser.second();
      }

      @Override
      public long steps() {
        return optimiser.steps();
      }
    };
  }
}
