package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;

/**
 * How many rows of logits exist at one time, and how many of them in f32.
 *
 * <p>A chunk is [rows, vocabulary] of about a million elements, so that a large vocabulary costs
 * chunks, not memory. Few rows would waste the products, and each chunk reads and writes the whole
 * gradient of the head, so a large vocabulary has chunks of 2 KiB per token: 512 rows in f32, 1,024
 * in bf16 (297 MiB at 152,064 tokens); a pass beside a reference model holds one chunk of each
 * model.
 *
 * <p>What is computed from logits is computed in f32, on a processor for a piece of a few rows at a
 * time, which stays in its cache with what is made of it; elsewhere for {@value #DEVICE_ROWS} rows.
 */
final class LogitChunks {
  private static final int ELEMENTS = 1 << 20;
  private static final int BYTES_PER_TOKEN = 2048;
  private static final int MOST_ROWS = 4096;
  private static final int PIECE_ELEMENTS = 1 << 18;
  private static final int DEVICE_ROWS = 256;

  /** One row is summed in another order than several. */
  private static final int LEAST_PIECE = 2;

  private LogitChunks() {}

  /** The argument {@code chunk} of the kernels: [rows of a chunk, rows of a piece]. */
  static IValue of(CallScope scope, KernelModule module, int vocabulary, int dtype) {
    return scope.integers(rows(vocabulary, dtype), pieceRows(vocabulary, module.onCpu()));
  }

  /** Rows of one chunk in f32 or bf16. */
  static int rows(int vocabulary, int dtype) {
    int least = BYTES_PER_TOKEN / (dtype == KernelModule.BF16 ? 2 : 4);
    return Math.max(least, Math.min(MOST_ROWS, ELEMENTS / vocabulary));
  }

  /** Rows of a piece. */
  static int pieceRows(int vocabulary, boolean onCpu) {
    return onCpu ? Math.max(LEAST_PIECE, PIECE_ELEMENTS / vocabulary) : DEVICE_ROWS;
  }
}
