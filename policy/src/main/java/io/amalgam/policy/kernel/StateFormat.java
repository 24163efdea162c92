package io.amalgam.policy.kernel;

import io.amalgam.policy.model.DType;

/** The number format of gradients or of the optimiser's moments. */
public enum StateFormat {
  /** Four bytes per parameter. */
  F32(KernelModule.F32, DType.F32),
  /** Two bytes per parameter; moments are rounded by chance, so that small changes are not lost. */
  BF16(KernelModule.BF16, DType.BF16);

  private final int code;
  private final DType stored;

  StateFormat(int code, DType stored) {
    this.code = code;
    this.stored = stored;
  }

  int code() {
    return code;
  }

  DType stored() {
    return stored;
  }
}
