package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;

/**
 * The constants of a model on the device: rotary cosines and sines up to the longest position seen
 * so far, epsilon, and the integers that describe the layers.
 */
final class ModelTables implements AutoCloseable {
  /** Probabilities of a piece of attention, 2 MiB in f32. */
  private static final int PIECE_ELEMENTS = 1 << 19;

  private final KernelModule module;
  private final ModelConfig config;
  private final int dtype;
  private final CallScope fixed;
  private final int pairs;
  private final IValue summed;
  private final IValue maximal;
  private final IValue layers;
  private CallScope grown;
  private IValue tables;
  private int length;

  ModelTables(KernelModule module, ModelConfig config, int dtype, KernelForm form) {
    this.module = module;
    this.config = config;
    this.dtype = dtype;
    fixed = new CallScope(module);
    boolean pieces = module.onCpu() && !form.fused();
    pairs = pieces ? PIECE_ELEMENTS / config.heads() : Integer.MAX_VALUE;
    int window = config.windows().stream().mapToInt(Integer::intValue).max().orElse(0);
    summed = shape(form, window, false);
    maximal = shape(form, window, true);
    long[] flags = new long[2 * config.layers()];
    for (int l = 0; l < config.layers(); l++) {
      flags[2 * l] = config.rotaryLayers().get(l) ? 1 : 0;
      flags[2 * l + 1] = config.windows().get(l) > 0 ? 1 : 0;
    }
    layers = fixed.integers(flags);
    grown = new CallScope(module);
    length = Math.min(config.maxPositions(), 1024);
    tables = build(grown, length);
  }

  private IValue shape(KernelForm form, int window, boolean maximum) {
    return fixed.integers(
        config.heads(),
        config.keyValueHeads(),
        config.headDim(),
        form.packing().code(),
        window,
        form.fused() ? 1 : 0,
        maximum ? 1 : 0,
        form.pieceTerms(module, config, dtype));
  }

  /** The sizes of the model, and whether its mixtures are fed by maximum. */
  IValue shape(boolean maximum) {
    return maximum ? maximal : summed;
  }

  /**
   * Pairs of positions per head whose attention is computed together, so that on a processor what
   * is made of them stays in its cache.
   */
  int pairs() {
    return pairs;
  }

  IValue layers() {
    return layers;
  }

  /**
   * [cosines, sines, epsilon] for at least {@code positions} positions.
   *
   * @throws IllegalArgumentException where the rotary positions change with a sequence beyond the
   *     model's context
   */
  IValue tables(int positions) {
    if (positions > config.maxPositions() && config.rotary().growsBeyondContext()) {
      throw new IllegalArgumentException(
          positions + " positions, must be 1 to " + config.maxPositions());
    }
    if (positions > length) {
      int longer = Math.max(positions, 2 * length);
      CallScope scope = new CallScope(module);
      tables = build(scope, longer);
      grown.close();
      grown = scope;
      length = longer;
    }
    return tables;
  }

  /** Angles are rounded to f32 as published models saw them in training. */
  private IValue build(CallScope scope, int positions) {
    double[] frequencies = config.rotary().frequencies(config.headDim());
    float factor = (float) config.rotary().attentionFactor();
    float[] cos = new float[positions * frequencies.length];
    float[] sin = new float[cos.length];
    for (int t = 0; t < positions; t++) {
      for (int i = 0; i < frequencies.length; i++) {
        float angle = t * (float) frequencies[i];
        cos[t * frequencies.length + i] = (float) Math.cos(angle) * factor;
        sin[t * frequencies.length + i] = (float) Math.sin(angle) * factor;
      }
    }
    PtNDArray epsilon = scope.tensor(new float[] {(float) config.normEpsilon()}, 1);
    return scope.list(cast(scope, cos, positions), cast(scope, sin, positions), epsilon);
  }

  private PtNDArray cast(CallScope scope, float[] values, int positions) {
    PtNDArray plain = scope.tensor(values, positions, config.headDim() / 2);
    return dtype == KernelModule.F32
        ? plain
        : scope.keep(module.tensor(1, "cast", scope.of(plain), scope.integer(dtype)));
  }

  @Override
  public void close() {
    grown.close();
    fixed.close();
  }
}
