package io.amalgam.policy.kernel;

/**
 * How many rows of logits exist at one time: [rows, vocabulary] of about a million elements, so
 * that a large vocabulary costs chunks, not memory.
 *
 * <p>Between the bounds a chunk is 4 MiB in f32. Few rows would waste the products, so a vocabulary
 * of more than 4,096 tokens has chunks of 256 rows (149 MiB in f32 at 152,064 tokens); a pass
 * beside a reference model holds one chunk of each model.
 */
final class LogitChunks {
  private static final int ELEMENTS = 1 << 20;
  private static final int LEAST_ROWS = 256;
  private static final int MOST_ROWS = 4096;

  private LogitChunks() {}

  /** Rows of one chunk. */
  static int rows(int vocabulary) {
    return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, ELEMENTS / vocabulary));
  }
}
