package io.amalgam.policy.kernel;

/**
 * How features, their gradients and what they depend on lie in the tables of the kernels: per
 * scored position the log-probabilities of the slots, their log remaining masses, log below, log
 * odds below, entropy.
 */
final class FeatureTables {
  private FeatureTables() {}

  /**
   * The gradient of the features.
   *
   * @param values [scored, width]
   * @param width 2 slots + 3
   * @param which whether any gradient of remaining masses, of what is below, of entropies is not 0,
   *     and whether any row is truncated: 0 or 1
   */
  record Gradient(float[] values, int width, long[] which) {}

  /** The table of a gradient, every entry multiplied by {@code scale}. */
  static Gradient gradient(PackedBatch b, FeatureGradient gradient, float scale) {
    int slots = b.slots();
    int width = 2 * slots + 3;
    if (gradient.rows() != b.scored() || gradient.slots() != slots) {
      throw new IllegalArgumentException("the gradient does not fit the batch");
    }
    float[] table = new float[b.scored() * width];
    boolean remaining = false;
    boolean below = false;
    boolean entropy = false;
    for (int r = 0; r < b.scored(); r++) {
      int at = r * width;
      for (int j = 0; j < slots; j++) {
        table[at + j] = scale * gradient.logProbs()[r * slots + j];
        float g = j == 0 ? 0 : scale * gradient.logRemaining()[r * slots + j];
        table[at + slots + j] = g;
        remaining |= g != 0;
      }
      table[at + 2 * slots] = scale * gradient.logBelow()[r];
      table[at + 2 * slots + 1] = scale * gradient.logOddsBelow()[r];
      table[at + 2 * slots + 2] = scale * gradient.entropy()[r];
      below |= table[at + 2 * slots] != 0 || table[at + 2 * slots + 1] != 0;
      entropy |= table[at + 2 * slots + 2] != 0;
    }
    long[] which = {remaining ? 1 : 0, below ? 1 : 0, entropy ? 1 : 0, any(b.supports()) ? 1 : 0};
    return new Gradient(table, width, which);
  }

  /** Whether any limit is in force. */
  static boolean any(float[] limits) {
    for (float t : limits) {
      if (t > 0) {
        return true;
      }
    }
    return false;
  }

  /** The features of a batch from the table that the kernels made. */
  static FeatureBatch unpack(PackedBatch b, float[] table, float[] kl) {
    int rows = b.scored();
    int slots = b.slots();
    int width = 2 * slots + 3;
    float[] logProbs = new float[rows * slots];
    float[] logRemaining = new float[rows * slots];
    float[] below = new float[rows];
    float[] odds = new float[rows];
    float[] entropy = new float[rows];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(table, r * width, logProbs, r * slots, slots);
      System.arraycopy(table, r * width + slots, logRemaining, r * slots, slots);
      below[r] = table[r * width + 2 * slots];
      odds[r] = table[r * width + 2 * slots + 1];
      entropy[r] = table[r * width + 2 * slots + 2];
    }
    return new FeatureBatch(rows, slots, logProbs, logRemaining, below, odds, entropy, kl);
  }
}
