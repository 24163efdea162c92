package io.amalgam.policy.train;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one training step saw. Ratios and differences are of the policy at the start of the step
 * against the recorded behaviour log-probs, over all terms replayed.
 *
 * @param loss value of the loss at the start of the step, summed over its optimiser steps' shares
 * @param trajectories trajectories of the step
 * @param replayed those that went through the forward pass
 * @param tokens input positions computed, prompts included
 * @param positions positions of the replayed trajectories that have a likelihood
 * @param terms log-prob terms of those positions
 * @param ratioMean mean of exp(new − behaviour)
 * @param ratioP99 its 99th percentile
 * @param klBehaviour mean of the k3 estimate of KL(behaviour ‖ new), nats
 * @param mismatchMax largest |new − behaviour| among the terms sampled under the version being
 *     trained; 0 when there are none
 * @param mismatchP99 99th percentile of the same
 * @param clipFraction share of clipped ratios, from the loss; 0 for losses without a clip
 * @param entropy mean entropy over positions, nats
 * @param gradNorm gradient norm before clipping, of the last optimiser step
 * @param skippedSteps optimiser steps left out because the gradient was not finite
 * @param metrics metrics of the loss by name
 */
public record ReplayReport(
    double loss,
    int trajectories,
    int replayed,
    long tokens,
    long positions,
    long terms,
    double ratioMean,
    double ratioP99,
    double klBehaviour,
    double mismatchMax,
    double mismatchP99,
    double clipFraction,
    double entropy,
    double gradNorm,
    int skippedSteps,
    SortedMap<String, Double> metrics) {
  /** Copies the metrics. */
  public ReplayReport {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
