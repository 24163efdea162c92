package io.amalgam.policy.kernel;

/**
 * Which of several equivalent kernels run; the numbers agree up to rounding.
 *
 * @param packed whether matrices are packed for oneDNN, which pays for decoding large models
 * @param fusedAttention whether the fused attention operator of processors is used
 */
record KernelForm(boolean packed, boolean fusedAttention) {
  static KernelForm forDecoding(KernelModule module, int dtype, long parameters) {
    boolean large = dtype == KernelModule.BF16 || parameters >= FormatProbe.SMALL_MODEL;
    return new KernelForm(module.onCpu() && large, module.onCpu());
  }

  static KernelForm forTraining(KernelModule module) {
    return new KernelForm(false, module.onCpu());
  }
}
