package io.amalgam.policy.train.advantage;

/** Whether a group can teach anything: equal rewards give every member the advantage 0. */
public enum GroupSignal {
  /** At least two scored members differ. */
  PRESENT,
  /** All scored members have the same reward. */
  ZERO_VARIANCE,
  /** Fewer than two members were scored. */
  TOO_FEW_SCORED;

  /** Rewards closer than this count as equal; sums of the same parts may differ by rounding. */
  private static final double EQUAL = 1e-8;

  /** The signal in rewards, NaN meaning not scored. */
  public static GroupSignal of(double... rewards) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int scored = 0;
    for (double r : rewards) {
      if (!Double.isNaN(r)) {
        scored++;
        min = Math.min(min, r);
        max = Math.max(max, r);
      }
    }
    if (scored < 2) {
      return TOO_FEW_SCORED;
    }
    return max - min <= EQUAL ? ZERO_VARIANCE : PRESENT;
  }

  /** Whether the group should be trained on. */
  public boolean present() {
    return this == PRESENT;
  }
}
