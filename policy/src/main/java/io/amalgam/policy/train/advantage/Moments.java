package io.amalgam.policy.train.advantage;

/**
 * Mean and unbiased standard deviation of the values that are not NaN.
 *
 * @param count number of such values
 * @param mean their mean; 0 for none
 * @param std their standard deviation with divisor count − 1; 0 for fewer than two
 */
record Moments(int count, double mean, double std) {
  /** Added to a standard deviation before dividing by it. */
  static final double EPSILON = 1e-4;

  static Moments of(double... values) {
    int n = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        n++;
        sum += v;
        min = Math.min(min, v);
        max = Math.max(max, v);
      }
    }
    if (n == 0) {
      return new Moments(0, 0, 0);
    }
    // Equal values must not differ from their mean by rounding: their group teaches nothing.
    double mean = min == max ? min : sum / n;
    double squares = 0;
    for (double v : values) {
      squares += Double.isNaN(v) ? 0 : (v - mean) * (v - mean);
    }
    return new Moments(n, mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1)));
  }

  /** (value − mean) / (std + 1e-4); 0 for NaN. */
  double normalise(double value) {
    return Double.isNaN(value) ? 0 : (value - mean) / (std + EPSILON);
  }

  /** value − mean; 0 for NaN. */
  double centre(double value) {
    return Double.isNaN(value) ? 0 : value - mean;
  }
}
