package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model that can be trained, wholly or by an adapter: f32 masters, their gradients, and AdamW's
 * moments, on the device.
 *
 * <p>The forward pass reads working weights: the masters themselves, or as they are published, with
 * adapters merged and rounded to bf16, so that replayed log-probabilities are those of the
 * generators. Forward and backward are written by hand (no autograd graph). Any thread may call it,
 * one at a time.
 */
public final class TrainableModel implements AutoCloseable {
  /** Part of the machine's memory from which on a model is watched for what it leaves unused. */
  private static final int TIGHT = 6;

  /** Steps after which any model gives back what lies unused, so that a long run does not grow. */
  private static final int TIDY = 50;

  /** Bytes per parameter of full training with gradients and moments in bf16. */
  private static final int FULL_BYTES = 12;

  private final ModelConfig config;
  private final KernelModule module;
  private final int threads;
  private final int dtype;
  private final Optional<LoraSpec> lora;
  private final ParameterState state;
  private final WorkingWeights work;
  private final ModelTables tables;
  private final boolean tight;

  private TrainableModel(
      ModelConfig config,
      ModelWeights weights,
      KernelModule module,
      int threads,
      int dtype,
      KernelForm form,
      TrainableSettings settings) {
    this.config = config;
    this.module = module;
    this.threads = threads;
    this.dtype = dtype;
    lora = settings.adapter().map(LoraAdapter::spec);
    WeightSlots slots =
        lora.map(spec -> LoraSlots.adapters(config, spec)).orElseGet(() -> new WeightSlots(config));
    state = new ParameterState(module, threads, slots, settings.gradients(), settings.moments());
    state.masters().store(settings.adapter().map(LoraAdapter::weights).orElse(weights));
    boolean rounded = settings.publishedValues();
    work =
        lora.isPresent()
            ? new AdaptedWeights(
                module, threads, config, weights, lora.get(), state, dtype, rounded)
            : new FullWeights(module, threads, slots, state, dtype, rounded);
    work.refresh();
    tables = new ModelTables(module, config, dtype, form);
    tight = module.onCpu() && bytes() > DeviceMemory.bytes("cpu") / TIGHT;
    if (tight) {
      NativeHeap.trim();
    }
  }

  /** About what weights, gradients and moments take. */
  private long bytes() {
    return config.parameters() * (lora.isPresent() ? 4 : FULL_BYTES);
  }

  /**
   * Copies the weights to the device as masters; moments and gradients are zero.
   *
   * @param publishedValues whether the forward pass uses the masters rounded to bf16, as published
   * @throws io.amalgam.policy.model.ModelFormatException if names or shapes are not those of the
   *     configuration
   */
  public static TrainableModel load(
      ModelConfig config, ModelWeights weights, ComputeSettings settings, boolean publishedValues) {
    return load(config, weights, settings, TrainableSettings.full(publishedValues));
  }

  /**
   * The same, with a choice of what is trained and in which formats. The host's tensors are not
   * needed afterwards.
   *
   * @throws io.amalgam.policy.model.ModelFormatException if names or shapes of weights or adapter
   *     are not those of the configuration
   */
  public static TrainableModel load(
      ModelConfig config,
      ModelWeights weights,
      ComputeSettings settings,
      TrainableSettings trainable) {
    KernelModule module = KernelModule.on(settings.device());
    int dtype = FormatProbe.dtype(settings, config.parameters(), FormatProbe.TRAIN_ROWS);
    KernelForm form = KernelForm.forTraining(module, dtype);
    return load(config, weights, module, settings.threads(), dtype, form, trainable);
  }

  /** The same with the form of the kernels given, so that tests reach all of them. */
  static TrainableModel load(
      ModelConfig config,
      ModelWeights weights,
      KernelModule module,
      int threads,
      int dtype,
      KernelForm form,
      TrainableSettings trainable) {
    WeightSlots.check(config, weights);
    trainable.adapter().ifPresent(a -> a.check(config));
    return new TrainableModel(config, weights, module, threads, dtype, form, trainable);
  }

  /** The shape of the model. */
  public ModelConfig config() {
    return config;
  }

  /** The format that the forward and backward products are computed in, F32 or BF16. */
  public ComputeFormat format() {
    return dtype == KernelModule.F32 ? ComputeFormat.F32 : ComputeFormat.BF16;
  }

  /** Number of optimiser steps taken. */
  public long steps() {
    return state.steps();
  }

  /** Computes the features of a batch and keeps what the backward pass needs. */
  public ForwardPass forward(PackedBatch b) {
    return forward(b, Optional.empty(), false);
  }

  /**
   * The same beside a reference model, which sees the same inputs.
   *
   * @param divergence whether {@link FeatureBatch#kl()} and its gradient are wanted; {@link
   *     ForwardPass#referenceFeatures()} is there in any case
   * @throws IllegalArgumentException if the two models differ in vocabulary, format or device
   */
  public ForwardPass forward(PackedBatch b, ReferenceModel reference, boolean divergence) {
    reference.requireComparable(config, dtype, module);
    return forward(b, Optional.of(reference), divergence);
  }

  private ForwardPass forward(
      PackedBatch b, Optional<ReferenceModel> reference, boolean divergence) {
    CallScope scope = new CallScope(module);
    try {
      return forward(b, reference, divergence, scope);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private ForwardPass forward(
      PackedBatch b, Optional<ReferenceModel> reference, boolean divergence, CallScope scope) {
    IValue inputs = BatchInputs.of(scope, b);
    AttentionPlan plan = new AttentionPlan(scope, b.lengths(), b.apart(), tables.pairs());
    ReferenceStates states =
        reference
            .map(r -> r.states(scope, b, inputs, plan, divergence))
            .orElseGet(() -> ReferenceStates.none(scope));
    IValue saved =
        scope.keep(
            module.call(
                threads,
                "forward",
                work.list(),
                tables.tables(Arrays.stream(b.lengths()).max().orElse(1)),
                inputs,
                plan.groups(),
                plan.sizes(),
                tables.shape(b.maximum()),
                tables.layers(),
                LogitChunks.of(scope, module, config.vocabSize(), dtype),
                scope.real(b.temperature()),
                scope.flag(FeatureTables.any(b.thresholds())),
                scope.flag(FeatureTables.any(b.supports())),
                scope.flag(b.recompute()),
                states.forForward(scope)));
    float[] kl = divergence ? picked(saved, 1) : new float[0];
    FeatureBatch features = FeatureTables.unpack(b, picked(saved, 0), kl);
    return new ForwardPass(b, features, scope, saved, inputs, plan, states);
  }

  private float[] picked(IValue saved, int which) {
    try (CallScope scope = new CallScope(module)) {
      IValue first = scope.integer(0);
      return scope
          .keep(module.tensor(threads, "pick", saved, first, scope.integer(which)))
          .toFloatArray();
    }
  }

  /**
   * Adds the gradient of the loss with respect to the weights to the gradient buffers, given its
   * gradient with respect to the features. The activations of {@code pass} are consumed.
   */
  public void backward(ForwardPass pass, FeatureGradient gradient) {
    PackedBatch b = pass.batch();
    float scale = 1 / b.temperature();
    FeatureTables.Gradient table = FeatureTables.gradient(b, gradient, scale);
    IValue saved = pass.takeSaved();
    try (CallScope scope = new CallScope(module)) {
      IValue[] adapters = work.adapters(scope);
      module.run(
          threads,
          "backward",
          work.list(),
          work.gradients(),
          saved,
          scope.of(scope.tensor(table.values(), b.scored(), table.width())),
          tables.tables(Arrays.stream(b.lengths()).max().orElse(1)),
          pass.inputs(),
          pass.plan().groups(),
          pass.plan().sizes(),
          tables.shape(b.maximum()),
          tables.layers(),
          LogitChunks.of(scope, module, config.vocabSize(), dtype),
          scope.real(b.temperature()),
          scope.integers(table.which()),
          pass.reference().forBackward(scope, scale, gradient.kl()),
          adapters[0],
          adapters[1],
          adapters[2],
          adapters[3]);
    }
  }

  /** The global L2 norm of the gradient buffers. */
  public double gradientNorm() {
    return state.gradientNorm();
  }

  /** Sets the gradient buffers to 0, whatever they hold, values that are not finite included. */
  public void zeroGradients() {
    state.zeroGradients();
  }

  /** Multiplies the gradient buffers; values that are not finite stay so. */
  public void scaleGradients(double factor) {
    state.scaleGradients(factor);
  }

  /**
   * Clips, takes one AdamW step and zeroes the gradient buffers. With a gradient that is not finite
   * nothing changes but the gradient buffers.
   */
  public OptimiserStep step(AdamWSettings s) {
    double norm = gradientNorm();
    boolean finite = Double.isFinite(norm);
    if (tight || module.onCpu() && state.steps() % TIDY == TIDY - 1) {
      // What activations leave behind must not lie beside what the optimiser takes.
      NativeHeap.trim();
    }
    if (finite) {
      state.step(s, Math.min(1, s.maxGradNorm() / (norm + 1e-6)));
      work.refresh();
    } else {
      zeroGradients();
    }
    return new OptimiserStep(norm, !finite);
  }

  /**
   * The whole model as generators decode with it, bf16 (nearest, ties to even), on the host:
   * adapters are merged.
   */
  public ModelWeights published() {
    return work.published();
  }

  /** The trained parameters, f32, on the host: all weights, or those of the adapter. */
  public ModelWeights masters() {
    return state.masters().fetch(DType.F32);
  }

  /** The adapter that is trained, f32, on the host; none in full training. */
  public Optional<LoraAdapter> adapter() {
    return lora.map(spec -> new LoraAdapter(spec, masters()));
  }

  /** The gradient of each trained parameter, f32, on the host. */
  public ModelWeights gradients() {
    return state.fetchGradients();
  }

  /** AdamW's first moments, in the format they are kept in, on the host. */
  public ModelWeights firstMoments() {
    return state.fetchFirst();
  }

  /** AdamW's second moments, in the format they are kept in, on the host. */
  public ModelWeights secondMoments() {
    return state.fetchSecond();
  }

  /** Both moments, on the host. */
  public OptimiserState optimiserState() {
    return new OptimiserState(state.steps(), firstMoments(), secondMoments());
  }

  /**
   * Restores trained parameters and moments bit by bit; gradients become zero.
   *
   * @param newMasters all weights, or those of the adapter, as {@link #masters()} gives them
   */
  public void restore(ModelWeights newMasters, OptimiserState optimiser) {
    for (ModelWeights w : List.of(newMasters, optimiser.first(), optimiser.second())) {
      lora.ifPresentOrElse(
          spec -> LoraAdapter.check(config, spec, w), () -> WeightSlots.check(config, w));
    }
    state.restore(newMasters, optimiser);
    work.refresh();
  }

  /** Releases all buffers. */
  @Override
  public void close() {
    tables.close();
    work.close();
    state.close();
  }
}
