package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraSpec;

/**
 * A frozen model whose matrices are read with adapters merged into them.
 *
 * <p>The targeted matrices exist twice: as they were loaded, and merged and rounded as generators
 * decode with them, so that replayed log-probabilities are those of the generators. Everything else
 * exists once.
 */
final class AdaptedWeights implements WorkingWeights {
  private final KernelModule module;
  private final int threads;
  private final ParameterState state;
  private final FlatWeights work;
  private final FlatWeights base;
  private final FlatWeights frozen;
  private final CallScope fixed;
  private final IValue targets;
  private final IValue scale;
  private final IValue rounded;

  AdaptedWeights(
      KernelModule module,
      int threads,
      ModelConfig config,
      ModelWeights weights,
      LoraSpec spec,
      ParameterState state,
      int dtype,
      boolean roundedValues) {
    this.module = module;
    this.threads = threads;
    this.state = state;
    WeightSlots slots = new WeightSlots(config);
    fixed = new CallScope(module);
    targets = fixed.integers(LoraSlots.targets(config, spec));
    scale = fixed.real(spec.scale());
    rounded = fixed.flag(roundedValues || dtype == KernelModule.BF16);
    frozen = new FlatWeights(module, threads, slots.withoutValues(), KernelModule.F32);
    work = new FlatWeights(module, threads, slots, dtype);
    work.store(weights);
    if (roundedValues && dtype == KernelModule.F32) {
      module.run(threads, "refresh", work.flat(), work.flat());
    }
    base = new FlatWeights(module, threads, LoraSlots.bases(config, spec), stored(weights));
    base.store(weights);
  }

  /** bf16 where that is what the weights are stored in, else f32. */
  private static int stored(ModelWeights weights) {
    return weights.tensors().values().stream().allMatch(t -> t.dtype() == DType.BF16)
        ? KernelModule.BF16
        : KernelModule.F32;
  }

  @Override
  public IValue list() {
    return work.list();
  }

  @Override
  public IValue[] adapters(CallScope scope) {
    return new IValue[] {state.masters().list(), state.gradients().list(), targets, scale};
  }

  @Override
  public IValue gradients() {
    return frozen.list();
  }

  @Override
  public void refresh() {
    module.run(
        threads,
        "merge",
        work.list(),
        base.list(),
        state.masters().list(),
        targets,
        scale,
        rounded);
  }

  @Override
  public ModelWeights published() {
    return work.fetch(DType.BF16);
  }

  @Override
  public void close() {
    base.close();
    work.close();
    frozen.close();
    fixed.close();
  }
}
