package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Optional;

/** What a reference model left of a batch, in the forms that the kernels take; or nothing. */
final class ReferenceStates {
  private final Optional<ReferenceModel> model;
  private final PtNDArray hidden;
  private final boolean divergence;

  private ReferenceStates(Optional<ReferenceModel> model, PtNDArray hidden, boolean divergence) {
    this.model = model;
    this.hidden = hidden;
    this.divergence = divergence;
  }

  /**
   * The states of a batch.
   *
   * @param hidden [M, D] of the scored positions, owned by the scope of the forward pass
   * @param divergence whether the forward pass is to compute the KL divergence
   */
  ReferenceStates(ReferenceModel model, PtNDArray hidden, boolean divergence) {
    this(Optional.of(model), hidden, divergence);
  }

  /** No reference. */
  static ReferenceStates none(CallScope scope) {
    return new ReferenceStates(Optional.empty(), scope.tensor(new float[0], 0), false);
  }

  /** The reference of the kernel {@code forward}. */
  IValue forForward(CallScope scope) {
    return divergence ? scope.list(hidden, head()) : empty(scope);
  }

  /**
   * The reference of the kernel {@code backward}.
   *
   * @param gradient [M] of the loss with respect to the divergence
   */
  IValue forBackward(CallScope scope, float scale, float[] gradient) {
    boolean any = false;
    float[] scaled = new float[gradient.length];
    for (int r = 0; r < gradient.length; r++) {
      scaled[r] = scale * gradient[r];
      any |= scaled[r] != 0;
    }
    if (any && !divergence) {
      throw new IllegalArgumentException("a gradient of the KL needs a pass that computed it");
    }
    return any ? scope.list(hidden, head(), scope.tensor(scaled, scaled.length, 1)) : empty(scope);
  }

  /** The features of the batch under the reference. */
  FeatureBatch features(PackedBatch b, IValue inputs) {
    return model
        .orElseThrow(() -> new IllegalStateException("the pass has no reference model"))
        .features(b, inputs, hidden);
  }

  private PtNDArray head() {
    return model.orElseThrow().head();
  }

  private static IValue empty(CallScope scope) {
    PtNDArray nothing = scope.tensor(new float[0], 0);
    return scope.list(nothing, nothing);
  }
}
