package io.amalgam.policy.kernel;

/**
 * Which of several equivalent kernels run; in f32 the numbers agree up to rounding. In bf16 a
 * rounding elsewhere is seen in the log-probabilities, so what differs between decoding and
 * training is not used there: a row then has the same bits in any batch, generated or replayed.
 *
 * @param packed whether matrices are packed for oneDNN, which pays for decoding large models, and
 *     activations fused with their products
 * @param fused whether the fused attention operator of processors is used
 */
record KernelForm(boolean packed, boolean fused) {
  static KernelForm forDecoding(KernelModule module, int dtype, long parameters) {
    KernelForm form = forTraining(module, dtype);
    return new KernelForm(form.fused() && parameters >= FormatProbe.SMALL_MODEL, form.fused());
  }

  static KernelForm forTraining(KernelModule module, int dtype) {
    return new KernelForm(false, module.onCpu() && dtype == KernelModule.F32);
  }
}
