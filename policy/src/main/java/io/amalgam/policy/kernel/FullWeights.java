package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.ModelWeights;
import java.util.Optional;

/** All weights are trained: the masters themselves, or a rounded copy of them. */
final class FullWeights implements WorkingWeights {
  private final KernelModule module;
  private final int threads;
  private final ParameterState state;
  private final Optional<FlatWeights> work;

  /**
   * @param dtype format of the products
   * @param rounded whether the values are those of bf16, as they are published
   */
  FullWeights(
      KernelModule module,
      int threads,
      WeightSlots slots,
      ParameterState state,
      int dtype,
      boolean rounded) {
    this.module = module;
    this.threads = threads;
    this.state = state;
    work =
        rounded || dtype == KernelModule.BF16
            ? Optional.of(new FlatWeights(module, threads, slots, dtype))
            : Optional.empty();
  }

  @Override
  public IValue list() {
    return work.orElse(state.masters()).list();
  }

  @Override
  public IValue[] adapters(CallScope scope) {
    return new IValue[] {scope.list(), scope.list(), scope.integers(), scope.real(1)};
  }

  @Override
  public IValue gradients() {
    return state.gradients().list();
  }

  @Override
  public void refresh() {
    work.ifPresent(w -> module.run(threads, "refresh", w.flat(), state.masters().flat()));
  }

  @Override
  public ModelWeights published() {
    return state.masters().fetch(DType.BF16);
  }

  @Override
  public void close() {
    work.ifPresent(FlatWeights::close);
  }
}
