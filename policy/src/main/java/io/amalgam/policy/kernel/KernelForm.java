package io.amalgam.policy.kernel;

import io.amalgam.policy.model.ModelConfig;

/**
 * Which of several equivalent kernels run; in f32 the numbers agree up to rounding. In bf16 a
 * rounding elsewhere is seen in the log-probabilities, so what differs between decoding and
 * training is not used: a row then has the same bits in any batch, generated or replayed, if the
 * model has no more than {@link #TERMS} features. The fused operators would be no faster there.
 *
 * @param packing how matrices are kept
 * @param fused whether the fused attention operator of processors is used
 */
record KernelForm(Packing packing, boolean fused) {
  /**
   * A bf16 product of more terms than this is summed in blocks whose size depends on the number of
   * rows.
   */
  static final int TERMS = 1024;

  private static final int ALIGNMENT = 64;

  static final KernelForm PLAIN = new KernelForm(Packing.PLAIN, true);
  static final KernelForm UNFUSED = new KernelForm(Packing.PLAIN, false);

  /** The form of a decoder. */
  static KernelForm forDecoding(
      KernelModule module, int dtype, ModelConfig config, ComputeSettings settings) {
    if (!module.onCpu()) {
      return UNFUSED;
    }
    boolean f32 = dtype == KernelModule.F32;
    if (settings.sampler() == SamplerPrecision.INT8) {
      return new KernelForm(Packing.INT8, f32);
    }
    if (config.parameters() < FormatProbe.SMALL_MODEL) {
      return f32 ? PLAIN : UNFUSED;
    }
    if (f32) {
      return new KernelForm(Packing.FUSED, true);
    }
    return config.hiddenSize() > TERMS || PackedProducts.equalPlain(module, config)
        ? new KernelForm(Packing.ALIKE, false)
        : UNFUSED;
  }

  static KernelForm forTraining(KernelModule module, int dtype) {
    return module.onCpu() && dtype == KernelModule.F32 ? PLAIN : UNFUSED;
  }

  /**
   * The terms of the pieces in which the longest product of a layer is summed, so that its bits do
   * not depend on the number of rows; 0, for one sum, where that is not needed, or where the other
   * products are as long.
   */
  int pieceTerms(KernelModule module, ModelConfig config, int dtype) {
    int terms = config.intermediateSize();
    boolean needed =
        module.onCpu()
            && dtype == KernelModule.BF16
            && !fused
            && packing != Packing.INT8
            && config.hiddenSize() <= TERMS
            && terms > TERMS;
    if (!needed) {
      return 0;
    }
    int pieces = (terms + TERMS - 1) / TERMS;
    int least = (terms + pieces - 1) / pieces;
    return (least + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
