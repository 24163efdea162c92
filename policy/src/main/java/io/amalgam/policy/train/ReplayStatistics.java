package io.amalgam.policy.train;

import io.amalgam.policy.train.loss.LossBatch;
import io.amalgam.policy.train.loss.LossResult;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums over the micro-batches of one training step. */
final class ReplayStatistics {
  double loss;
  long tokens;
  private long positions;
  private double entropySum;
  private double klSum;
  private double ratioSum;
  private double[] ratios = new double[256];
  private int terms;
  private double[] mismatches = new double[256];
  private int compared;
  private final SortedMap<String, Double> metrics = new TreeMap<>();
  private double metricWeight;

  void add(LossBatch batch, LossResult result, boolean[] sameVersion) {
    loss += result.loss();
    int here = 0;
    for (int p = 0; p < batch.positions(); p++) {
      if (batch.mask()[p]) {
        here++;
        entropySum += batch.entropies()[p];
      }
    }
    positions += here;
    for (int q = 0; q < batch.terms(); q++) {
      double difference = batch.newLogProbs()[q] - batch.behaviourLogProbs()[q];
      double ratio = Math.exp(difference);
      ratioSum += ratio;
      klSum += ratio - 1 - difference;
      ratios = append(ratios, terms++, ratio);
      if (sameVersion[q]) {
        mismatches = append(mismatches, compared++, Math.abs(difference));
      }
    }
    for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
      String name = metric.getKey();
      double next = metric.getValue();
      Double sofar = metrics.get(name);
      metrics.put(name, sofar == null ? next : combine(name, sofar, next, here));
    }
    metricWeight += here;
  }

  /** Combines a metric so far with a micro-batch's, as {@link LossResult#metrics()} says. */
  private double combine(String name, double sofar, double next, int weight) {
    if (name.endsWith("max")) {
      return Math.max(sofar, next);
    }
    if (name.endsWith("min")) {
      return Math.min(sofar, next);
    }
    double all = metricWeight + weight;
    return all == 0 ? sofar : (sofar * metricWeight + next * weight) / all;
  }

  ReplayReport report(int trajectories, int replayed, double gradNorm, int skippedSteps) {
    double[] ratio = Arrays.copyOf(ratios, terms);
    double[] mismatch = Arrays.copyOf(mismatches, compared);
    Arrays.sort(ratio);
    Arrays.sort(mismatch);
    return new ReplayReport(
        loss,
        trajectories,
        replayed,
        tokens,
        positions,
        terms,
        terms == 0 ? 1 : ratioSum / terms,
        terms == 0 ? 1 : percentile99(ratio),
        terms == 0 ? 0 : klSum / terms,
        compared == 0 ? 0 : mismatch[compared - 1],
        compared == 0 ? 0 : percentile99(mismatch),
        metrics.getOrDefault(
            "clip_ratio/region_mean", metrics.getOrDefault("cispo_clip_ratio", 0.0)),
        positions == 0 ? 0 : entropySum / positions,
        gradNorm,
        skippedSteps,
        metrics);
  }

  private static double percentile99(double[] sorted) {
    return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
  }

  private static double[] append(double[] values, int size, double value) {
    double[] room = size < values.length ? values : Arrays.copyOf(values, 2 * size);
    room[size] = value;
    return room;
  }
}
