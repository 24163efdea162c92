package io.amalgam.policy.train.advantage;

/**
 * The rewards of one group: the members that answered the same problem.
 *
 * @param rewards [members][functions] one column per reward function; NaN where a function
 *     abstained
 * @param penalties [members] subtracted from the weighted (and clipped) reward, for example a KL to
 *     a reference; empty: none
 */
public record RewardGroup(double[][] rewards, double[] penalties) {
  /** Checks the shape. */
  public RewardGroup {
    for (double[] row : rewards) {
      if (row.length != rewards[0].length) {
        throw new IllegalArgumentException("every member needs the same number of rewards");
      }
    }
    if (penalties.length != 0 && penalties.length != rewards.length) {
      throw new IllegalArgumentException("penalties must be empty or one per member");
    }
  }

  /** A group with one reward function. */
  public static RewardGroup of(double... rewards) {
    double[][] table = new double[rewards.length][1];
    for (int i = 0; i < rewards.length; i++) {
      table[i][0] = rewards[i];
    }
    return new RewardGroup(table, new double[0]);
  }

  /** Number of members. */
  public int size() {
    return rewards.length;
  }

  /** Number of reward functions. */
  public int functions() {
    return rewards.length == 0 ? 0 : rewards[0].length;
  }

  /**
   * [members] weighted sum over the functions; an abstention counts 0, and a member for which all
   * abstained is NaN: not scored.
   *
   * @param weights [functions] or empty for all 1
   */
  public double[] totals(double[] weights) {
    double[] out = new double[size()];
    for (int i = 0; i < out.length; i++) {
      boolean scored = false;
      for (int f = 0; f < rewards[i].length; f++) {
        double x = rewards[i][f];
        if (!Double.isNaN(x)) {
          scored = true;
          out[i] += (weights.length == 0 ? 1 : weights[f]) * x;
        }
      }
      if (!scored) {
        out[i] = Double.NaN;
      }
    }
    return out;
  }
}
