package io.amalgam.policy.train.advantage;

import java.util.List;

/** All advantage estimators by the name they have in a configuration. */
public final class AdvantageCatalog {
  private static final List<String> TYPES =
      List.of("group_mean", "group_std", "batch_std", "rloo", "normalise_then_sum");

  private AdvantageCatalog() {}

  /** Every type, the default first. */
  public static List<String> types() {
    return TYPES;
  }

  /**
   * The estimator of that type.
   *
   * @param weights weights of the reward functions; none: all 1
   * @throws IllegalArgumentException for an unknown type; the message lists the known ones
   */
  public static AdvantageEstimator create(String type, double... weights) {
    return switch (type) {
      case "group_mean" -> new GroupMean(weights);
      case "group_std" -> new GroupStd(weights);
      case "batch_std" -> new BatchStd(weights);
      case "rloo" -> new LeaveOneOut(weights);
      case "normalise_then_sum" -> new NormaliseThenSum(weights);
      default ->
          throw new IllegalArgumentException(
              "unknown advantage type " + type + "; known are " + String.join(", ", TYPES));
    };
  }
}
