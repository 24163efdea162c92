package io.amalgam.actors.evaluation;

/**
 * Accuracy over a set of problems, with a standard error clustered by problem.
 *
 * <p>With n problems and m_i = mean correctness over the samples of problem i: value = (1/n) Σ m_i,
 * standard error = √(Σ (m_i − value)² / (n (n − 1))), 0 for fewer than two problems. Samples of one
 * problem are not independent, problems are.
 *
 * @param value share of right answers, 0 to 1
 * @param stderr its standard error
 * @param problems number of problems, n
 * @param failed samples whose verification gave no score; they are left out, not counted as wrong
 */
public record Accuracy(double value, double stderr, int problems, int failed) {

  /** The accuracy over per-problem means. */
  public static Accuracy of(double[] means, int failed) {
    int n = means.length;
    double sum = 0;
    for (double m : means) {
      sum += m;
    }
    double value = n == 0 ? 0 : sum / n;
    double squares = 0;
    for (double m : means) {
      squares += (m - value) * (m - value);
    }
    double stderr = n < 2 ? 0 : Math.sqrt(squares / ((double) n * (n - 1)));
    return new Accuracy(value, stderr, n, failed);
  }
}
