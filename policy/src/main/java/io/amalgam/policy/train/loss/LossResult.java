package io.amalgam.policy.train.loss;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A loss and its gradient.
 *
 * @param loss the micro-batch's share of the step's loss; to be minimised
 * @param gradient [Q] d loss / d new log-prob, per term; 0 at masked positions
 * @param entropyGradient [P] d loss / d entropy, per position; all 0 without an entropy bonus
 * @param divergenceGradient [P] d loss / d divergence, per position; all 0 without an exact KL term
 * @param metrics values by name, explained at {@link PolicyLoss} and at each loss; combined over
 *     micro-batches by {@link LossMetrics}
 */
public record LossResult(
    double loss,
    double[] gradient,
    double[] entropyGradient,
    double[] divergenceGradient,
    SortedMap<String, Double> metrics) {
  /** Copies the metrics. */
  public LossResult {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
