package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelWeights;

/** The weights that the forward pass reads, and how the trained parameters become them. */
sealed interface WorkingWeights extends AutoCloseable permits FullWeights, AdaptedWeights {
  /** The model's weight list. */
  IValue list();

  /** Adapters, their gradients, their targets and their scale, as {@code backward} takes them. */
  IValue[] adapters(CallScope scope);

  /** The gradients of the model's weight list; empty tensors for frozen weights. */
  IValue gradients();

  /** Takes over the trained parameters. */
  void refresh();

  /** The whole model in bf16 (nearest, ties to even), on the host. */
  ModelWeights published();

  @Override
  void close();
}
