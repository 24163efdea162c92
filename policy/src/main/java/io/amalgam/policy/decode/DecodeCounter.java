package io.amalgam.policy.decode;

/** The mutable counts behind {@link DecodeStatistics}. */
final class DecodeCounter {
  long steps;
  long tokens;
  long mixturePositions;
  double entropySum;
  long prefilledTokens;
  long rebuiltTokens;
  long finished;
  long cancelled;

  /** Counts the position that a row has just recorded. */
  void position(DecodeRow row) {
    tokens++;
    entropySum += row.lastEntropy();
    if (row.mixing()) {
      mixturePositions++;
    }
  }

  DecodeStatistics snapshot() {
    return new DecodeStatistics(
        steps,
        tokens,
        mixturePositions,
        entropySum,
        prefilledTokens,
        rebuiltTokens,
        finished,
        cancelled);
  }
}
