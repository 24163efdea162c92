package io.amalgam.policy.kernel;

/** The features of a batch together with the activations that its backward pass needs. */
public final class ForwardPass implements AutoCloseable {
  private final FeatureBatch features;

  ForwardPass(FeatureBatch features) {
    this.features = features;
  }

  /** The features of the scored positions. */
  public FeatureBatch features() {
    return features;
  }

  @Override
  public void close() {}
}
