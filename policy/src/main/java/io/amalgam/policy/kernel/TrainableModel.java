package io.amalgam.policy.kernel;

import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;

/** A model that can be trained: f32 masters, their gradients, and AdamW's moments. */
public final class TrainableModel implements AutoCloseable {
  private final ModelConfig config;

  private TrainableModel(ModelConfig config) {
    this.config = config;
  }

  /**
   * Copies the weights to the device as masters.
   *
   * @param publishedValues whether the forward pass uses the masters rounded to bf16, as published
   */
  public static TrainableModel load(
      ModelConfig config, ModelWeights weights, ComputeSettings settings, boolean publishedValues) {
    return new TrainableModel(config);
  }

  /** The shape of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Computes the features of a batch and keeps what the backward pass needs. */
  public ForwardPass forward(PackedBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** Adds the gradient of the loss with respect to the weights to the gradient buffers. */
  public void backward(ForwardPass pass, FeatureGradient gradient) {
    throw new UnsupportedOperationException();
  }

  /** The global L2 norm of the gradient buffers. */
  public double gradientNorm() {
    throw new UnsupportedOperationException();
  }

  /** Multiplies the gradient buffers. */
  public void scaleGradients(double factor) {
    throw new UnsupportedOperationException();
  }

  /** Clips, takes one AdamW step and zeroes the gradient buffers. */
  public OptimiserStep step(AdamWSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** The masters rounded to bf16, on the host. */
  public ModelWeights published() {
    throw new UnsupportedOperationException();
  }

  /** The masters, f32, on the host. */
  public ModelWeights masters() {
    throw new UnsupportedOperationException();
  }

  /** The moments, on the host. */
  public OptimiserState optimiserState() {
    throw new UnsupportedOperationException();
  }

  /** Restores masters and moments bit by bit; gradients become zero. */
  public void restore(ModelWeights masters, OptimiserState state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
