package io.amalgam.policy.mixture;

/**
 * lnΓ and its derivative ψ for positive arguments, to about 1e-14 relative (absolute near zeros).
 *
 * <p>The argument is raised above 10 by the recurrence Γ(x+1) = xΓ(x); there Stirling's series with
 * Bernoulli numbers is used (Abramowitz and Stegun 6.1.40, 6.3.18).
 */
final class Gamma {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final double LARGE = 10;

  private Gamma() {}

  /** lnΓ(x), x above 0. */
  static double logGamma(double x) {
    check(x);
    double product = 1;
    double y = x;
    while (y < LARGE) {
      product *= y;
      y++;
    }
    double r = 1 / (y * y);
    double series =
        (1.0 / 12
                - r
                    * (1.0 / 360
                        - r
                            * (1.0 / 1260
                                - r
                                    * (1.0 / 1680
                                        - r * (1.0 / 1188 - r * (691.0 / 360360 - r / 156))))))
            / y;
    return (y - 0.5) * StrictMath.log(y) - y + HALF_LOG_TWO_PI + series - StrictMath.log(product);
  }

  /** ψ(x), x above 0. */
  static double digamma(double x) {
    check(x);
    double sum = 0;
    double y = x;
    while (y < LARGE) {
      sum -= 1 / y;
      y++;
    }
    double r = 1 / (y * y);
    double series =
        r
            * (1.0 / 12
                - r
                    * (1.0 / 120
                        - r
                            * (1.0 / 252
                                - r
                                    * (1.0 / 240
                                        - r * (1.0 / 132 - r * (691.0 / 32760 - r / 12))))));
    return sum + StrictMath.log(y) - 0.5 / y - series;
  }

  private static void check(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("lnΓ needs a positive finite argument, not " + x);
    }
  }
}
