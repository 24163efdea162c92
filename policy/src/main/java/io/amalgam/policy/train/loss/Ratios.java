package io.amalgam.policy.train.loss;

import java.util.Arrays;

/**
 * The importance ratios π/π_old of a batch at one level: units of neighbouring terms that share one
 * ratio.
 *
 * <p>A unit's log-ratio is {@code share} times the sum of the log-ratios of its unmasked terms, so
 * d log r / d new log-prob is {@code share} at each of them. Log-ratios are held within ±20 before
 * the exponential; beyond that the ratio is constant and passes no gradient.
 */
final class Ratios {
  static final double BOUND = 20;

  private final LossBatch batch;
  private final int[] starts;
  private final int[] unitOf;
  private final double[] share;
  private final double[] logRatio;

  private Ratios(LossBatch batch, int[] starts) {
    this.batch = batch;
    this.starts = starts;
    int count = starts.length - 1;
    this.unitOf = new int[batch.terms()];
    this.share = new double[count];
    this.logRatio = new double[count];
    for (int u = 0; u < count; u++) {
      Arrays.fill(unitOf, starts[u], starts[u + 1], u);
    }
  }

  /** The ratios of {@code batch} at {@code level}. */
  static Ratios of(LossBatch batch, RatioLevel level, SlotReduce reduce) {
    boolean[] active = activeTerms(batch);
    Ratios r = new Ratios(batch, unitStarts(batch, level));
    boolean summed = level == RatioLevel.POSITION && reduce == SlotReduce.SUM;
    for (int u = 0; u < r.count(); u++) {
      double sum = 0;
      int n = 0;
      for (int q = r.starts[u]; q < r.starts[u + 1]; q++) {
        if (active[q]) {
          sum += difference(batch, q);
          n++;
        }
      }
      r.share[u] = summed ? 1 : 1.0 / Math.max(1, n);
      r.logRatio[u] = sum * r.share[u];
    }
    return r;
  }

  /** Whether each term belongs to a position that takes part. */
  static boolean[] activeTerms(LossBatch batch) {
    boolean[] active = new boolean[batch.terms()];
    for (int p = 0; p < batch.positions(); p++) {
      Arrays.fill(active, batch.termStarts()[p], batch.termStarts()[p + 1], batch.mask()[p]);
    }
    return active;
  }

  /** log π − log π_old of one term; 0 without old log-probs. */
  static double difference(LossBatch batch, int term) {
    return batch.oldLogProbs().length == 0
        ? 0
        : batch.newLogProbs()[term] - batch.oldLogProbs()[term];
  }

  /** A log-ratio held within ±20. */
  static double bounded(double logRatio) {
    return Math.max(-BOUND, Math.min(BOUND, logRatio));
  }

  private static int[] unitStarts(LossBatch batch, RatioLevel level) {
    return switch (level) {
      case TERM -> {
        int[] each = new int[batch.terms() + 1];
        Arrays.setAll(each, i -> i);
        yield each;
      }
      case POSITION -> batch.termStarts();
      case SEQUENCE -> {
        int[] s = new int[batch.sequences() + 1];
        Arrays.setAll(s, i -> batch.termStarts()[batch.sequenceStarts()[i]]);
        yield s;
      }
    };
  }

  /** Number of units. */
  int count() {
    return share.length;
  }

  /** First term of unit {@code u}. */
  int start(int u) {
    return starts[u];
  }

  /** One past the last term of unit {@code u}. */
  int end(int u) {
    return starts[u + 1];
  }

  /** The unit of a term. */
  int unitOf(int term) {
    return unitOf[term];
  }

  /** π/π_old of unit {@code u}. */
  double ratio(int u) {
    return Math.exp(bounded(logRatio[u]));
  }

  /** log π/π_old of unit {@code u}, held within ±20. */
  double logRatio(int u) {
    return bounded(logRatio[u]);
  }

  /** d ratio / d new log-prob at each unmasked term of unit {@code u}. */
  double ratioSlope(int u) {
    return Math.abs(logRatio[u]) > BOUND ? 0 : ratio(u) * share[u];
  }

  /** The batch. */
  LossBatch batch() {
    return batch;
  }
}
