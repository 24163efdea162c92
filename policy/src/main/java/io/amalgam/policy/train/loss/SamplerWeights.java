package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.SortedMap;

/**
 * ρ = π_old / π_behaviour of every term of a batch, after all rules of a {@link
 * BehaviourCorrection}; 1 where it is off.
 */
final class SamplerWeights {
  private final LossBatch batch;
  private final PolicyLoss.Settings settings;
  private final BehaviourCorrection correction;
  private final double[] rho;
  private final Summary bounded = new Summary();
  private final Summary rejected = new Summary();
  private final Summary vetoed = new Summary();

  SamplerWeights(LossBatch batch, PolicyLoss.Settings settings) {
    this.batch = batch;
    this.settings = settings;
    this.correction = settings.correction();
    this.rho = new double[batch.terms()];
    Arrays.fill(rho, 1);
    if (!correction.on()) {
      return;
    }
    if (batch.behaviourLogProbs().length == 0) {
      throw new IllegalArgumentException("a behaviour correction needs behaviour log-probs");
    }
    for (int i = 0; i < batch.sequences(); i++) {
      weigh(i);
      leaveOut(i);
    }
    if (correction.normalise()) {
      normalise();
    }
  }

  /**
   * [Q] ρ of each term. Above {@link RatioLevel#TERM} the terms of a position share one ρ; in the
   * sequence modes all terms of a sequence do.
   */
  static double[] of(LossBatch batch, PolicyLoss.Settings settings) {
    return new SamplerWeights(batch, settings).rho;
  }

  /** [Q] ρ of each term. */
  double[] rho() {
    return rho;
  }

  private void weigh(int i) {
    int first = batch.sequenceStarts()[i];
    int last = batch.sequenceStarts()[i + 1];
    if (correction.perSequence()) {
      double sum = 0;
      for (int p = first; p < last; p++) {
        sum += positionSum(p);
      }
      fill(batch.termStarts()[first], batch.termStarts()[last], sum);
    } else if (correction.perTerm()) {
      for (int p = first; p < last; p++) {
        weighPosition(p);
      }
    }
  }

  private void weighPosition(int p) {
    int start = batch.termStarts()[p];
    int end = batch.termStarts()[p + 1];
    if (!batch.mask()[p]) {
      return;
    }
    if (settings.level() == RatioLevel.TERM) {
      for (int q = start; q < end; q++) {
        fill(q, q + 1, difference(batch, q));
      }
    } else {
      double share = settings.slotReduce() == SlotReduce.SUM ? 1 : 1.0 / (end - start);
      fill(start, end, positionSum(p) * share);
    }
  }

  private void fill(int start, int end, double logRatio) {
    double weight = correction.weight(logRatio);
    Arrays.fill(rho, start, end, weight);
    if (start < end) {
      bounded.add(weight == Math.exp(Ratios.bounded(logRatio)) ? 0 : 1);
    }
  }

  /** Applies rejection and veto to sequence {@code i}. */
  private void leaveOut(int i) {
    double sum = 0;
    double k3 = 0;
    double least = Double.POSITIVE_INFINITY;
    int n = 0;
    for (int p = batch.sequenceStarts()[i]; p < batch.sequenceStarts()[i + 1]; p++) {
      for (int q = batch.termStarts()[p]; batch.mask()[p] && q < batch.termStarts()[p + 1]; q++) {
        double d = Ratios.bounded(difference(batch, q));
        sum += d;
        k3 += Math.exp(d) - 1 - d;
        least = Math.min(least, d);
        n++;
      }
    }
    if (n == 0) {
      return;
    }
    boolean far = correction.rejection().rejects(sum / n, k3 / n);
    boolean absurd =
        correction.veto().isPresent() && Math.exp(least) < correction.veto().getAsDouble();
    rejected.add(far ? 1 : 0);
    vetoed.add(absurd ? 1 : 0);
    if (far || absurd) {
      Arrays.fill(
          rho,
          batch.termStarts()[batch.sequenceStarts()[i]],
          batch.termStarts()[batch.sequenceStarts()[i + 1]],
          0);
    }
  }

  private void normalise() {
    double mean = weights().mean();
    for (int q = 0; q < rho.length && mean > 0; q++) {
      rho[q] /= mean;
    }
  }

  /** The weights over unmasked terms, or over sequences in those modes. */
  private Summary weights() {
    Summary out = new Summary();
    for (int i = 0; i < batch.sequences(); i++) {
      int first = batch.sequenceStarts()[i];
      int last = batch.sequenceStarts()[i + 1];
      int q = batch.termStarts()[first];
      if (correction.perSequence() && q < batch.termStarts()[last]) {
        out.add(rho[q]);
      }
      for (int p = first; p < last && !correction.perSequence(); p++) {
        for (q = batch.termStarts()[p]; batch.mask()[p] && q < batch.termStarts()[p + 1]; q++) {
          out.add(rho[q]);
        }
      }
    }
    return out;
  }

  private double positionSum(int p) {
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

  /** Adds the {@code sampling/…} metrics. */
  void report(SortedMap<String, Double> metrics) {
    if (!correction.on()) {
      return;
    }
    Summary gap = new Summary();
    Summary kept = new Summary();
    for (int p = 0; p < batch.positions(); p++) {
      for (int q = batch.termStarts()[p]; batch.mask()[p] && q < batch.termStarts()[p + 1]; q++) {
        kept.add(rho[q] > 0 ? 1 : 0);
        if (!Double.isNaN(batch.behaviourLogProbs()[q])) {
          gap.add(Math.abs(difference(batch, q)));
        }
      }
    }
    Summary weight = weights();
    metrics.put("sampling/sampling_logp_difference/mean", gap.mean());
    metrics.put("sampling/sampling_logp_difference/max", gap.max());
    metrics.put("sampling/importance_sampling_ratio/min", weight.min());
    metrics.put("sampling/importance_sampling_ratio/mean", weight.mean());
    metrics.put("sampling/importance_sampling_ratio/max", weight.max());
    metrics.put("sampling/kept_fraction", kept.mean());
    metrics.put("sampling/bounded_fraction", bounded.mean());
    metrics.put("sampling/rejected_fraction", rejected.mean());
    metrics.put("sampling/vetoed_fraction", vetoed.mean());
  }
}
