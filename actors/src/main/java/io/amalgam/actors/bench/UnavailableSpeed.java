package io.amalgam.actors.bench;

import java.util.List;

/**
 * A row that this version or model cannot measure; it stays in the table with the reason.
 *
 * @param what what would be measured
 * @param comparisons what it would be compared to
 * @param reason why it is not
 */
record UnavailableSpeed(String what, List<Comparison> comparisons, String reason) implements Speed {
  UnavailableSpeed {
    comparisons = List.copyOf(comparisons);
  }

  @Override
  public Measured measure() throws Unmeasured {
    throw new Unmeasured(reason);
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
