package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;

/**
 * The features of a batch together with the activations that its backward pass needs, and what a
 * reference model says about the same batch.
 */
public final class ForwardPass implements AutoCloseable {
  private final PackedBatch batch;
  private final FeatureBatch features;
  private final CallScope scope;
  private final IValue saved;
  private final IValue inputs;
  private final AttentionPlan plan;
  private final ReferenceStates reference;
  private boolean used;

  ForwardPass(
      PackedBatch batch,
      FeatureBatch features,
      CallScope scope,
      IValue saved,
      IValue inputs,
      AttentionPlan plan,
      ReferenceStates reference) {
    this.batch = batch;
    this.features = features;
    this.scope = scope;
    this.saved = saved;
    this.inputs = inputs;
    this.plan = plan;
    this.reference = reference;
  }

  /** The features of the scored positions, in the order of the batch. */
  public FeatureBatch features() {
    return features;
  }

  /**
   * The features of the same positions under the reference model.
   *
   * @throws IllegalStateException if the pass has none
   */
  public FeatureBatch referenceFeatures() {
    return reference.features(batch, inputs);
  }

  PackedBatch batch() {
    return batch;
  }

  ReferenceStates reference() {
    return reference;
  }

  /** The activations; they can be consumed once. */
  IValue takeSaved() {
    if (used) {
      throw new IllegalStateException("the activations were consumed by a backward pass");
    }
    used = true;
    return saved;
  }

  IValue inputs() {
    return inputs;
  }

  AttentionPlan plan() {
    return plan;
  }

  /** Releases the activations. */
  @Override
  public void close() {
    used = true;
    scope.close();
  }
}
