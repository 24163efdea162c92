package io.amalgam.policy.train.loss;

import java.util.SortedMap;

/**
 * How often the clip acted: {@code clip_ratio/low_mean} (r below the lower bound and A &lt; 0),
 * {@code high_mean} (r above the upper bound and A &gt; 0), {@code region_mean} (their sum) over
 * units, {@code low_min} and {@code high_max} over the means of the sequences.
 */
final class ClipMetrics {
  private final int[] units;
  private final int[] low;
  private final int[] high;

  ClipMetrics(int sequences) {
    units = new int[sequences];
    low = new int[sequences];
    high = new int[sequences];
  }

  /** Counts one unit of a sequence. */
  void add(int sequence, boolean clippedLow, boolean clippedHigh) {
    units[sequence]++;
    low[sequence] += clippedLow ? 1 : 0;
    high[sequence] += clippedHigh ? 1 : 0;
  }

  /** Puts the metrics. */
  void report(SortedMap<String, Double> metrics) {
    Summary lowRows = new Summary();
    Summary highRows = new Summary();
    double all = 0;
    double lows = 0;
    double highs = 0;
    for (int i = 0; i < units.length; i++) {
      int n = Math.max(1, units[i]);
      lowRows.add((double) low[i] / n);
      highRows.add((double) high[i] / n);
      all += units[i];
      lows += low[i];
      highs += high[i];
    }
    all = Math.max(1, all);
    metrics.put("clip_ratio/low_mean", lows / all);
    metrics.put("clip_ratio/high_mean", highs / all);
    metrics.put("clip_ratio/region_mean", (lows + highs) / all);
    metrics.put("clip_ratio/low_min", lowRows.min());
    metrics.put("clip_ratio/high_max", highRows.max());
  }
}
