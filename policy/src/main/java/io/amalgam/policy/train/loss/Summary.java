package io.amalgam.policy.train.loss;

/** A running mean, minimum and maximum; all 0 as long as nothing was added. */
final class Summary {
  private int count;
  private double sum;
  private double min;
  private double max;

  void add(double value) {
    min = count == 0 ? value : Math.min(min, value);
    max = count == 0 ? value : Math.max(max, value);
    sum += value;
    count++;
  }

  int count() {
    return count;
  }

  double mean() {
    return count == 0 ? 0 : sum / count;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }
}
