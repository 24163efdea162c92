package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import java.util.Arrays;
import java.util.Optional;

/**
 * A model that can be trained: f32 masters, their gradients, and AdamW's moments, on the device.
 *
 * <p>The forward pass reads working weights: the masters themselves, or the masters rounded to bf16
 * as they are published, so that replayed log-probabilities are those of the generators. Forward
 * and backward are written by hand (no autograd graph). Any thread may call it, one at a time.
 */
public final class TrainableModel implements AutoCloseable {
  private final ModelConfig config;
  private final KernelModule module;
  private final int threads;
  private final int dtype;
  private final int chunk;
  private final FlatWeights masters;
  private final FlatWeights gradients;
  private final FlatWeights first;
  private final FlatWeights second;
  private final Optional<FlatWeights> work;
  private final ModelTables tables;
  private long steps;

  private TrainableModel(
      ModelConfig config,
      KernelModule module,
      int threads,
      int dtype,
      KernelForm form,
      boolean publishedValues) {
    this.config = config;
    this.module = module;
    this.threads = threads;
    this.dtype = dtype;
    chunk = LogitChunks.rows(config.vocabSize());
    WeightSlots slots = new WeightSlots(config);
    masters = new FlatWeights(module, threads, slots, KernelModule.F32);
    gradients = new FlatWeights(module, threads, slots, KernelModule.F32);
    first = new FlatWeights(module, threads, slots, KernelModule.F32);
    second = new FlatWeights(module, threads, slots, KernelModule.F32);
    work =
        publishedValues || dtype == KernelModule.BF16
            ? Optional.of(new FlatWeights(module, threads, slots, dtype))
            : Optional.empty();
    tables = new ModelTables(module, config, dtype, form);
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
    KernelModule module = KernelModule.on(settings.device());
    int dtype = FormatProbe.dtype(settings, config.parameters(), FormatProbe.TRAIN_ROWS);
    return load(
        config,
        weights,
        module,
        settings.threads(),
        dtype,
        KernelForm.forTraining(module, dtype),
        publishedValues);
  }

  /** The same with the form of the kernels given, so that tests reach all of them. */
  static TrainableModel load(
      ModelConfig config,
      ModelWeights weights,
      KernelModule module,
      int threads,
      int dtype,
      KernelForm form,
      boolean publishedValues) {
    WeightSlots.check(config, weights);
    TrainableModel model =
        new TrainableModel(config, module, threads, dtype, form, publishedValues);
    model.masters.store(weights);
    model.refresh();
    return model;
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
    return steps;
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
    int n = b.tokens();
    long[] positions = new long[n];
    int at = 0;
    for (int length : b.lengths()) {
      for (int t = 0; t < length; t++) {
        positions[at++] = t;
      }
    }
    IValue inputs =
        scope.list(
            scope.tensor(longs(b.ids()), n, b.k()),
            scope.tensor(b.feed(), n, b.feedWidth()),
            scope.tensor(positions, n),
            scope.tensor(longs(b.featurePositions()), b.scored()),
            scope.tensor(longs(b.targetIds()), b.scored(), b.slots()),
            scope.tensor(limits(b), b.scored(), 2));
    AttentionPlan plan = new AttentionPlan(scope, b.lengths());
    ReferenceStates states =
        reference
            .map(r -> r.states(scope, b, inputs, plan, divergence))
            .orElseGet(() -> ReferenceStates.none(scope));
    IValue saved =
        scope.keep(
            module.call(
                threads,
                "forward",
                weights(),
                tables.tables(Arrays.stream(b.lengths()).max().orElse(1)),
                inputs,
                plan.groups(),
                plan.sizes(),
                tables.shape(b.maximum()),
                tables.layers(),
                scope.integer(chunk),
                scope.real(b.temperature()),
                scope.flag(any(b.thresholds())),
                scope.flag(any(b.supports())),
                scope.flag(b.recompute()),
                states.forForward(scope)));
    float[] kl = divergence ? picked(saved, 1) : new float[0];
    FeatureBatch features = unpack(b, picked(saved, 0), kl);
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
    int slots = b.slots();
    int width = 2 * slots + 3;
    if (gradient.rows() != b.scored() || gradient.slots() != slots) {
      throw new IllegalArgumentException("the gradient does not fit the batch");
    }
    float scale = 1 / b.temperature();
    float[] table = new float[b.scored() * width];
    boolean remaining = false;
    boolean below = false;
    boolean entropy = false;
    for (int r = 0; r < b.scored(); r++) {
      int at = r * width;
      for (int j = 0; j < slots; j++) {
        table[at + j] = scale * gradient.logProbs()[r * slots + j];
        float g = j == 0 ? 0 : scale * gradient.logRemaining()[r * slots + j];
        table[at + slots + j] = g;
        remaining |= g != 0;
      }
      table[at + 2 * slots] = scale * gradient.logBelow()[r];
      table[at + 2 * slots + 1] = scale * gradient.logOddsBelow()[r];
      table[at + 2 * slots + 2] = scale * gradient.entropy()[r];
      below |= table[at + 2 * slots] != 0 || table[at + 2 * slots + 1] != 0;
      entropy |= table[at + 2 * slots + 2] != 0;
    }
    IValue saved = pass.takeSaved();
    try (CallScope scope = new CallScope(module)) {
      module.run(
          threads,
          "backward",
          weights(),
          gradients.list(),
          saved,
          scope.of(scope.tensor(table, b.scored(), width)),
          tables.tables(Arrays.stream(b.lengths()).max().orElse(1)),
          pass.inputs(),
          pass.plan().groups(),
          pass.plan().sizes(),
          tables.shape(b.maximum()),
          tables.layers(),
          scope.integer(chunk),
          scope.real(b.temperature()),
          scope.integers(
              remaining ? 1 : 0, below ? 1 : 0, entropy ? 1 : 0, any(b.supports()) ? 1 : 0),
          pass.reference().forBackward(scope, scale, gradient.kl()));
    }
  }

  /** The global L2 norm of the gradient buffers. */
  public double gradientNorm() {
    try (PtNDArray norm = module.tensor(threads, "gradient_norm", gradients.flat())) {
      return norm.toDoubleArray()[0];
    }
  }

  /** Sets the gradient buffers to 0, whatever they hold, values that are not finite included. */
  public void zeroGradients() {
    module.run(threads, "zero", gradients.flat());
  }

  /** Multiplies the gradient buffers; values that are not finite stay so. */
  public void scaleGradients(double factor) {
    try (CallScope scope = new CallScope(module)) {
      module.run(threads, "scale", gradients.flat(), scope.real(factor));
    }
  }

  /**
   * Clips, takes one AdamW step and zeroes the gradient buffers. With a gradient that is not finite
   * nothing changes but the gradient buffers.
   */
  public OptimiserStep step(AdamWSettings s) {
    double norm = gradientNorm();
    boolean finite = Double.isFinite(norm);
    if (finite) {
      double clip = Math.min(1, s.maxGradNorm() / (norm + 1e-6));
      if (clip < 1) {
        scaleGradients(clip);
      }
      try (CallScope scope = new CallScope(module)) {
        module.run(
            threads,
            "adamw",
            scope.list(masters.buffer()),
            scope.list(gradients.buffer()),
            scope.list(first.buffer()),
            scope.list(second.buffer()),
            scope.list(scope.tensor(new float[] {steps}, 1)),
            scope.real(s.lr()),
            scope.real(s.beta1()),
            scope.real(s.beta2()),
            scope.real(s.weightDecay()),
            scope.real(s.eps()));
      }
      steps++;
      refresh();
    }
    zeroGradients();
    return new OptimiserStep(norm, !finite);
  }

  /** The masters rounded to bf16 (nearest, ties to even), on the host. */
  public ModelWeights published() {
    return masters.fetch(DType.BF16);
  }

  /** The masters, f32, on the host. */
  public ModelWeights masters() {
    return masters.fetch(DType.F32);
  }

  /** The gradient buffers, f32, on the host. */
  public ModelWeights gradients() {
    return gradients.fetch(DType.F32);
  }

  /** AdamW's first moments, f32, on the host. */
  public ModelWeights firstMoments() {
    return first.fetch(DType.F32);
  }

  /** AdamW's second moments, f32, on the host. */
  public ModelWeights secondMoments() {
    return second.fetch(DType.F32);
  }

  /** Both moments, on the host. */
  public OptimiserState optimiserState() {
    return new OptimiserState(steps, firstMoments(), secondMoments());
  }

  /** Restores masters and moments bit by bit; gradients become zero. */
  public void restore(ModelWeights newMasters, OptimiserState state) {
    WeightSlots.check(config, newMasters);
    WeightSlots.check(config, state.first());
    WeightSlots.check(config, state.second());
    masters.store(newMasters);
    first.store(state.first());
    second.store(state.second());
    steps = state.steps();
    zeroGradients();
    refresh();
  }

  private IValue weights() {
    return work.orElse(masters).list();
  }

  private void refresh() {
    work.ifPresent(w -> module.run(threads, "refresh", w.flat(), masters.flat()));
  }

  private static float[] limits(PackedBatch b) {
    float[] out = new float[2 * b.scored()];
    for (int r = 0; r < b.scored(); r++) {
      out[2 * r] = b.thresholds()[r];
      out[2 * r + 1] = b.supports()[r];
    }
    return out;
  }

  static boolean any(float[] limits) {
    for (float t : limits) {
      if (t > 0) {
        return true;
      }
    }
    return false;
  }

  private static long[] longs(int[] v) {
    return Arrays.stream(v).asLongStream().toArray();
  }

  static FeatureBatch unpack(PackedBatch b, float[] table, float[] kl) {
    int rows = b.scored();
    int slots = b.slots();
    int width = 2 * slots + 3;
    float[] logProbs = new float[rows * slots];
    float[] logRemaining = new float[rows * slots];
    float[] below = new float[rows];
    float[] odds = new float[rows];
    float[] entropy = new float[rows];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(table, r * width, logProbs, r * slots, slots);
      System.arraycopy(table, r * width + slots, logRemaining, r * slots, slots);
      below[r] = table[r * width + 2 * slots];
      odds[r] = table[r * width + 2 * slots + 1];
      entropy[r] = table[r * width + 2 * slots + 2];
    }
    return new FeatureBatch(rows, slots, logProbs, logRemaining, below, odds, entropy, kl);
  }

  /** Releases all buffers. */
  @Override
  public void close() {
    tables.close();
    work.ifPresent(FlatWeights::close);
    second.close();
    first.close();
    gradients.close();
    masters.close();
  }
}
