package io.amalgam.actors.pretraining;

import java.time.Duration;
import java.util.SortedMap;

/**
 * Where a warm start stands.
 *
 * @param step optimiser steps taken
 * @param examples worked examples seen
 * @param tokens input positions computed
 * @param responseTokens response ids learned from
 * @param loss mean cross-entropy per response id over the steps since the last report, nats
 * @param accuracy held-out accuracy per task at temperature 1
 * @param trained wall time spent training, evaluation not counted
 */
public record PretrainReport(
    int step,
    long examples,
    long tokens,
    long responseTokens,
    double loss,
    SortedMap<String, Double> accuracy,
    Duration trained) {
  /** The mean over the tasks. */
  public double meanAccuracy() {
    return accuracy.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
