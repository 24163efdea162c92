package io.amalgam.actors.bench;

import java.util.Locale;

/**
 * The ratio of ours to the anchor's that a row is to reach.
 *
 * @param atLeast whether more is better
 * @param bound the least or the greatest ratio that is good enough
 */
public record Target(boolean atLeast, double bound) {
  /** For speeds. */
  static Target atLeast(double bound) {
    return new Target(true, bound);
  }

  /** For times and sizes. */
  static Target atMost(double bound) {
    return new Target(false, bound);
  }

  /** Whether a ratio is good enough. */
  public boolean reached(double ratio) {
    return atLeast ? ratio >= bound : ratio <= bound;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.2f", atLeast ? "≥" : "≤", bound);
  }
}
