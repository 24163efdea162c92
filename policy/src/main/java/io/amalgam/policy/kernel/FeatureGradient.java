package io.amalgam.policy.kernel;

/**
 * The gradient of a scalar loss with respect to every entry of a {@link FeatureBatch}, filled by
 * losses and consumed by the backward pass. Mutable; all entries start at 0.
 */
public final class FeatureGradient {
  private final int rows;
  private final int slots;
  private final float[] logProbs;
  private final float[] logRemaining;
  private final float[] logBelow;
  private final float[] logOddsBelow;
  private final float[] entropy;
  private final float[] kl;

  /** An all-zero gradient for {@code rows} positions of {@code slots} target ids. */
  public FeatureGradient(int rows, int slots) {
    this.rows = rows;
    this.slots = slots;
    this.logProbs = new float[rows * slots];
    this.logRemaining = new float[rows * slots];
    this.logBelow = new float[rows];
    this.logOddsBelow = new float[rows];
    this.entropy = new float[rows];
    this.kl = new float[rows];
  }

  /** Number of positions. */
  public int rows() {
    return rows;
  }

  /** Number of target ids per position. */
  public int slots() {
    return slots;
  }

  /** [rows, slots], shared, to be written in place. */
  public float[] logProbs() {
    return logProbs;
  }

  /** [rows, slots], shared, to be written in place. */
  public float[] logRemaining() {
    return logRemaining;
  }

  /** [rows], shared, to be written in place. */
  public float[] logBelow() {
    return logBelow;
  }

  /** [rows], shared, to be written in place. */
  public float[] logOddsBelow() {
    return logOddsBelow;
  }

  /** [rows], shared, to be written in place. */
  public float[] entropy() {
    return entropy;
  }

  /** [rows], shared, to be written in place; unused without a reference. */
  public float[] kl() {
    return kl;
  }
}
