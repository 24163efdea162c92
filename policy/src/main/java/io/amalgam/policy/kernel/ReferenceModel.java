package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import java.util.Arrays;

/**
 * The fixed policy that a KL term measures the distance to.
 *
 * <p>Holds one copy of the weights in the format of the products, without masters, gradients or
 * moments, and keeps no activations: the layers run over a batch, and only the hidden states of the
 * scored positions remain. Their logits are made chunk by chunk beside the policy's. Its shape may
 * differ from the policy's in everything but the vocabulary. Any thread may call it, one at a time.
 */
public final class ReferenceModel implements AutoCloseable {
  private final ModelConfig config;
  private final KernelModule module;
  private final int threads;
  private final int dtype;
  private final FlatWeights weights;
  private final PtNDArray head;
  private final ModelTables tables;

  private ReferenceModel(ModelConfig config, KernelModule module, int threads, int dtype) {
    this.config = config;
    this.module = module;
    this.threads = threads;
    this.dtype = dtype;
    weights = new FlatWeights(module, threads, new WeightSlots(config), dtype);
    try (CallScope scope = new CallScope(module)) {
      head = module.tensor(threads, "element", weights.list(), scope.integer(WeightSlots.HEAD));
    }
    tables = new ModelTables(module, config, dtype, KernelForm.forTraining(module, dtype));
  }

  /**
   * Copies the weights to the device.
   *
   * @param weights the values as they are to be used: round masters to bf16 first when the policy
   *     is trained on its published values
   * @param settings with the format that the policy computes in, not {@link ComputeFormat#AUTO}:
   *     {@link TrainableModel#format()}
   * @throws io.amalgam.policy.model.ModelFormatException if names or shapes are not those of the
   *     configuration
   */
  public static ReferenceModel load(
      ModelConfig config, ModelWeights weights, ComputeSettings settings) {
    if (settings.format() == ComputeFormat.AUTO) {
      throw new IllegalArgumentException("a reference computes in the format of its policy");
    }
    WeightSlots.check(config, weights);
    int dtype = settings.format() == ComputeFormat.F32 ? KernelModule.F32 : KernelModule.BF16;
    ReferenceModel model =
        new ReferenceModel(config, KernelModule.on(settings.device()), settings.threads(), dtype);
    model.weights.store(weights);
    return model;
  }

  /** The shape of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Throws unless a policy of that shape, format and device can be compared with this one. */
  void requireComparable(ModelConfig policy, int policyType, KernelModule policyModule) {
    if (policy.vocabSize() != config.vocabSize()) {
      throw new IllegalArgumentException(
          "the reference model has "
              + config.vocabSize()
              + " tokens, the policy "
              + policy.vocabSize());
    }
    if (policyType != dtype || policyModule != module) {
      throw new IllegalArgumentException(
          "the reference model must be on the device of the policy and compute in its format");
    }
  }

  /** Runs the layers over a batch whose inputs are on the device already. */
  ReferenceStates states(
      CallScope scope, PackedBatch b, IValue inputs, AttentionPlan plan, boolean divergence) {
    PtNDArray hidden =
        scope.keep(
            module.tensor(
                threads,
                "scored_hidden",
                weights.list(),
                tables.tables(Arrays.stream(b.lengths()).max().orElse(1)),
                inputs,
                plan.groups(),
                plan.sizes(),
                tables.shape(b.maximum()),
                tables.layers()));
    return new ReferenceStates(this, hidden, divergence);
  }

  /** The head, [V, D]. */
  PtNDArray head() {
    return head;
  }

  /** The features of a batch from its hidden states. */
  FeatureBatch features(PackedBatch b, IValue inputs, PtNDArray hidden) {
    try (CallScope scope = new CallScope(module)) {
      float[] table =
          scope
              .keep(
                  module.tensor(
                      threads,
                      "head_features",
                      scope.of(hidden),
                      scope.of(head),
                      inputs,
                      LogitChunks.of(scope, module, config.vocabSize(), dtype),
                      scope.real(b.temperature()),
                      scope.flag(FeatureTables.any(b.thresholds())),
                      scope.flag(FeatureTables.any(b.supports()))))
              .toFloatArray();
      return FeatureTables.unpack(b, table, new float[0]);
    }
  }

  /** Releases the weights. */
  @Override
  public void close() {
    head.close();
    tables.close();
    weights.close();
  }
}
