package io.amalgam.policy.train.loss;

import java.util.SortedMap;

/** The metrics every loss reports. */
final class CommonMetrics {
  private CommonMetrics() {}

  static void report(LossBatch batch, boolean[] active, SortedMap<String, Double> metrics) {
    Summary ratio = new Summary();
    Summary kl = new Summary();
    double[] ratios = new double[count(active)];
    int n = 0;
    for (int q = 0; q < active.length; q++) {
      if (!active[q]) {
        continue;
      }
      ratios[n] = Math.exp(Ratios.bounded(Ratios.difference(batch, q)));
      ratio.add(ratios[n++]);
      if (batch.behaviourLogProbs().length > 0) {
        double d = Ratios.bounded(batch.newLogProbs()[q] - batch.behaviourLogProbs()[q]);
        if (!Double.isNaN(d)) {
          kl.add(Math.exp(d) - 1 - d);
        }
      }
    }
    metrics.put("ratio/mean", ratio.mean());
    metrics.put("ratio/max", ratio.max());
    metrics.put("ratio/p99", LossMasks.quantile(ratios, 0.99));
    if (batch.behaviourLogProbs().length > 0) {
      metrics.put("kl_behaviour", kl.mean());
    }
    if (batch.entropies().length > 0) {
      Summary entropy = new Summary();
      for (int p = 0; p < batch.positions(); p++) {
        if (batch.mask()[p]) {
          entropy.add(batch.entropies()[p]);
        }
      }
      metrics.put("entropy", entropy.mean());
    }
  }

  private static int count(boolean[] active) {
    int n = 0;
    for (boolean a : active) {
      n += a ? 1 : 0;
    }
    return n;
  }
}
