package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.SortedMap;

/**
 * ρ = π_old / π_behaviour of every term, after the bounds of a {@link BehaviourCorrection}; 1 where
 * it is off.
 */
final class SamplerWeights {
  private SamplerWeights() {}

  /**
   * [Q] ρ of each term. Above {@link RatioLevel#TERM} the terms of a position share one ρ; in the
   * sequence modes all terms of a sequence do.
   */
  static double[] of(LossBatch batch, PolicyLoss.Settings settings) {
    double[] rho = new double[batch.terms()];
    Arrays.fill(rho, 1);
    BehaviourCorrection c = settings.correction();
    if (!c.on()) {
      return rho;
    }
    if (batch.behaviourLogProbs().length == 0) {
      throw new IllegalArgumentException("a behaviour correction needs behaviour log-probs");
    }
    for (int i = 0; i < batch.sequences(); i++) {
      int first = batch.sequenceStarts()[i];
      int last = batch.sequenceStarts()[i + 1];
      if (c.perSequence()) {
        double sum = 0;
        for (int p = first; p < last; p++) {
          sum += positionSum(batch, p);
        }
        Arrays.fill(rho, batch.termStarts()[first], batch.termStarts()[last], c.weight(sum));
      } else {
        for (int p = first; p < last; p++) {
          perPosition(batch, settings, p, rho);
        }
      }
    }
    return rho;
  }

  private static void perPosition(
      LossBatch batch, PolicyLoss.Settings settings, int p, double[] rho) {
    int start = batch.termStarts()[p];
    int end = batch.termStarts()[p + 1];
    if (!batch.mask()[p]) {
      return;
    }
    if (settings.level() == RatioLevel.TERM) {
      for (int q = start; q < end; q++) {
        rho[q] = settings.correction().weight(difference(batch, q));
      }
    } else {
      double share = settings.slotReduce() == SlotReduce.SUM ? 1 : 1.0 / (end - start);
      double joint = positionSum(batch, p) * share;
      Arrays.fill(rho, start, end, settings.correction().weight(joint));
    }
  }

  private static double positionSum(LossBatch batch, int p) {
    double sum = 0;
    for (int q = batch.termStarts()[p]; batch.mask()[p] && q < batch.termStarts()[p + 1]; q++) {
      sum += difference(batch, q);
    }
    return sum;
  }

  /** log π_old − log π_behaviour of one term; 0 where the sampler gave none. */
  static double difference(LossBatch batch, int term) {
    double[] old = batch.oldLogProbs().length > 0 ? batch.oldLogProbs() : batch.newLogProbs();
    double d = old[term] - batch.behaviourLogProbs()[term];
    return Double.isNaN(d) ? 0 : d;
  }

  /** Adds the {@code sampling/…} metrics: over unmasked terms, or over sequences in those modes. */
  static void report(
      LossBatch batch,
      BehaviourCorrection correction,
      double[] rho,
      SortedMap<String, Double> metrics) {
    if (!correction.on()) {
      return;
    }
    Summary gap = new Summary();
    Summary weight = new Summary();
    for (int i = 0; i < batch.sequences(); i++) {
      for (int p = batch.sequenceStarts()[i]; p < batch.sequenceStarts()[i + 1]; p++) {
        for (int q = batch.termStarts()[p]; batch.mask()[p] && q < batch.termStarts()[p + 1]; q++) {
          if (!Double.isNaN(batch.behaviourLogProbs()[q])) {
            gap.add(Math.abs(difference(batch, q)));
          }
          if (!correction.perSequence()) {
            weight.add(rho[q]);
          }
        }
      }
      int first = batch.termStarts()[batch.sequenceStarts()[i]];
      if (correction.perSequence() && first < batch.termStarts()[batch.sequenceStarts()[i + 1]]) {
        weight.add(rho[first]);
      }
    }
    metrics.put("sampling/sampling_logp_difference/mean", gap.mean());
    metrics.put("sampling/sampling_logp_difference/max", gap.max());
    metrics.put("sampling/importance_sampling_ratio/min", weight.min());
    metrics.put("sampling/importance_sampling_ratio/mean", weight.mean());
    metrics.put("sampling/importance_sampling_ratio/max", weight.max());
  }
}
