package io.amalgam.policy.train.loss;

/** Which policy the ratio is taken against. */
public enum Proximal {
  /** The weights before the first step on this batch. */
  OLD,
  /**
   * The policy that sampled, through its recorded log-probs: old := behaviour. No correction ρ
   * then, the ratio holds it already. A term that the sampler gave no log-prob for counts as
   * on-policy.
   */
  BEHAVIOUR;

  /** The batch with the log-probs of that policy as the old ones. */
  LossBatch resolve(LossBatch batch) {
    if (this == OLD) {
      return batch;
    }
    double[] behaviour = batch.behaviourLogProbs();
    if (behaviour.length == 0) {
      throw new IllegalArgumentException(
          "a ratio against the behaviour policy needs its log-probs");
    }
    double[] substitute =
        batch.oldLogProbs().length > 0 ? batch.oldLogProbs() : batch.newLogProbs();
    double[] from = behaviour.clone();
    for (int q = 0; q < from.length; q++) {
      from[q] = Double.isNaN(from[q]) ? substitute[q] : from[q];
    }
    return batch.withOld(from);
  }
}
