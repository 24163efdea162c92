package io.amalgam.actors.learner;

import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.model.ModelWeights;

/**
 * What training has made of a model, one part at a time: each call may copy from the device, and a
 * large model's parts need not be in host memory together.
 */
public interface TrainedState {
  /** The f32 weights. */
  ModelWeights masters();

  /** AdamW's first moments, f32. */
  ModelWeights firstMoments();

  /** AdamW's second moments, f32. */
  ModelWeights secondMoments();

  /** Optimiser steps taken. */
  long steps();

  /** A state that is in host memory. */
  static TrainedState of(ModelWeights masters, OptimiserState optimiser) {
    return new TrainedState() {
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
