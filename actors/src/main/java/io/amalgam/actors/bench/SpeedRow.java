package io.amalgam.actors.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line of the speed table.
 *
 * @param name by which {@code --only} asks for it
 * @param what what was measured
 * @param quantity what its figures count
 * @param ours our side
 * @param anchor the other side
 * @param ratio ours over the anchor's; empty if one of them could not be measured
 * @param target the ratio to reach, if there is one
 * @param otherCores cores that processes beside these two used meanwhile, where that is known
 */
public record SpeedRow(
    String name,
    String what,
    Quantity quantity,
    Side ours,
    Side anchor,
    Optional<Ratio> ratio,
    Optional<Target> target,
    OptionalDouble otherCores) {

  /**
   * One side of a comparison.
   *
   * @param name what it is
   * @param format its number format; empty if it could not be measured
   * @param figure median over the turns
   * @param missing why it could not be measured; empty if it could
   */
  public record Side(String name, String format, OptionalDouble figure, String missing) {
    static Side of(String name, String format, double... figures) {
      return new Side(name, format, OptionalDouble.of(median(figures)), "");
    }

    static Side missing(String name, String reason) {
      return new Side(name, "", OptionalDouble.empty(), reason);
    }
  }

  /** The ratios of all pairs: their median, the smallest and the largest. */
  public record Ratio(double median, double smallest, double largest) {
    static Ratio of(double... ratios) {
      double[] sorted = ratios.clone();
      Arrays.sort(sorted);
      return new Ratio(SpeedRow.median(sorted), sorted[0], sorted[sorted.length - 1]);
    }
  }

  /** Whether the target was reached; empty without a target or a ratio. */
  public Optional<Boolean> reached() {
    return target.flatMap(t -> ratio.map(r -> t.reached(r.median())));
  }

  /** The middle value; of an even number the mean of the two in the middle. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
