package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.random.DrawKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The parameters that are trained, on the device: f32 masters, their gradients, AdamW's moments.
 *
 * <p>Gradients and moments take memory from the first time on that they are needed; until then they
 * are zero.
 */
final class ParameterState implements AutoCloseable {
  /** Parameters that are widened to f32 at one time when a buffer is bf16. */
  private static final long ROUNDED_BLOCK = 524288;

  /** Parameters of a processor's optimiser step that are read together. */
  private static final long BLOCK = 262144;

  /** The purpose of the keyed stream that rounding draws from. */
  private static final int ROUNDING = 17;

  private final KernelModule module;
  private final int threads;
  private final WeightSlots slots;
  private final StateFormat gradientFormat;
  private final StateFormat momentFormat;
  private final FlatWeights masters;
  private Optional<FlatWeights> gradients = Optional.empty();
  private Optional<FlatWeights> first = Optional.empty();
  private Optional<FlatWeights> second = Optional.empty();
  private long steps;

  ParameterState(
      KernelModule module,
      int threads,
      WeightSlots slots,
      StateFormat gradientFormat,
      StateFormat momentFormat) {
    this.module = module;
    this.threads = threads;
    this.slots = slots;
    this.gradientFormat = gradientFormat;
    this.momentFormat = momentFormat;
    masters = new FlatWeights(module, threads, slots, KernelModule.F32);
  }

  FlatWeights masters() {
    return masters;
  }

  FlatWeights gradients() {
    gradients = Optional.of(gradients.orElseGet(() -> zeros(gradientFormat)));
    return gradients.orElseThrow();
  }

  private FlatWeights first() {
    first = Optional.of(first.orElseGet(() -> zeros(momentFormat)));
    return first.orElseThrow();
  }

  private FlatWeights second() {
    second = Optional.of(second.orElseGet(() -> zeros(momentFormat)));
    return second.orElseThrow();
  }

  private FlatWeights zeros(StateFormat format) {
    return new FlatWeights(module, threads, slots, format.code());
  }

  /** Optimiser steps taken. */
  long steps() {
    return steps;
  }

  /** The global L2 norm of the gradients. */
  double gradientNorm() {
    if (gradients.isEmpty()) {
      return 0;
    }
    try (PtNDArray norm = module.tensor(threads, "gradient_norm", gradients().flat())) {
      return norm.toDoubleArray()[0];
    }
  }

  /** Sets the gradients to 0, whatever they hold. */
  void zeroGradients() {
    gradients.ifPresent(g -> module.run(threads, "zero", g.flat()));
  }

  /** Multiplies the gradients. */
  void scaleGradients(double factor) {
    try (CallScope scope = new CallScope(module)) {
      module.run(threads, "scale", gradients().flat(), scope.real(factor));
    }
  }

  /**
   * One AdamW step with the gradients times a factor; they are zero afterwards.
   *
   * @param clip at most 1
   */
  void step(AdamWSettings s, double clip) {
    boolean rounded = momentFormat != StateFormat.F32;
    long block = rounded || gradientFormat != StateFormat.F32 ? ROUNDED_BLOCK : BLOCK;
    if (!rounded && !module.onCpu()) {
      block = masters.elements();
    }
    block = Math.min(block, masters.elements());
    try (CallScope scope = new CallScope(module)) {
      module.run(
          threads,
          "adamw",
          scope.list(masters.buffer()),
          scope.list(gradients().buffer()),
          scope.list(first().buffer()),
          scope.list(second().buffer()),
          scope.list(scope.tensor(new float[] {steps}, 1)),
          scope.of(rounded ? scope.bytes(noise(block)) : scope.tensor(new float[0], 0)),
          scope.integer(block),
          scope.real(clip),
          scope.real(s.lr()),
          scope.real(s.beta1()),
          scope.real(s.beta2()),
          scope.real(s.weightDecay()),
          scope.real(s.eps()));
    }
    steps++;
  }

  /** 16 random bits per parameter of a block; a function of the step alone, so that runs repeat. */
  private ByteBuffer noise(long block) {
    int[] words = new int[(int) (block / 2)];
    new DrawKey(0, steps, 0, 0).stream(ROUNDING).nextWords(words);
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * words.length).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(words);
    return bytes;
  }

  /** The gradients on the host, f32. */
  ModelWeights fetchGradients() {
    return gradients().fetch(DType.F32);
  }

  /** The first moments on the host, as they are stored. */
  ModelWeights fetchFirst() {
    return first().fetch(momentFormat.stored());
  }

  /** The second moments on the host, as they are stored. */
  ModelWeights fetchSecond() {
    return second().fetch(momentFormat.stored());
  }

  /** Takes over masters and moments; gradients become zero. */
  void restore(ModelWeights newMasters, OptimiserState state) {
    masters.store(newMasters);
    first().store(state.first());
    second().store(state.second());
    steps = state.steps();
    zeroGradients();
  }

  @Override
  public void close() {
    second.ifPresent(FlatWeights::close);
    first.ifPresent(FlatWeights::close);
    gradients.ifPresent(FlatWeights::close);
    masters.close();
  }
}
