package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** The parameters of one loss as text, read with defaults; remembers which were asked for. */
final class LossParameters {
  private final String type;
  private final Map<String, String> values;
  private final SortedSet<String> known = new TreeSet<>();

  LossParameters(String type, Map<String, String> values) {
    this.type = type;
    this.values = values;
  }

  double number(String key, double fallback) {
    String text = text(key, Double.toString(fallback));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "loss parameter " + key + " must be a number, not " + text, e);
    }
  }

  OptionalDouble optional(String key, OptionalDouble fallback) {
    known.add(key);
    String text = values.get(key);
    if (text == null) {
      return fallback;
    }
    return text.equals("none") ? OptionalDouble.empty() : OptionalDouble.of(number(key, 0));
  }

  boolean flag(String key, boolean fallback) {
    String text = text(key, Boolean.toString(fallback));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "loss parameter " + key + " must be true or false, not " + text);
    };
  }

  <T extends Enum<T>> T choice(String key, Class<T> choices, T fallback) {
    String text = text(key, fallback.name());
    for (T t : choices.getEnumConstants()) {
      if (t.name().equalsIgnoreCase(text)) {
        return t;
      }
    }
    throw new IllegalArgumentException(
        "loss parameter "
            + key
            + " must be one of "
            + Arrays.toString(choices.getEnumConstants()).toLowerCase(Locale.ROOT)
            + ", not "
            + text);
  }

  ClipRange clip(double low, double high) {
    double epsilon = number("epsilon", low);
    double top = number("epsilon-high", values.containsKey("epsilon") ? epsilon : high);
    return new ClipRange(epsilon, top, optional("delta", OptionalDouble.empty()));
  }

  PolicyLoss.Settings settings(
      RatioLevel level, Reduction reduction, BehaviourCorrection correction, boolean klImportance) {
    PolicyLoss.Settings standard = PolicyLoss.Settings.standard();
    return new PolicyLoss.Settings(
        choice("level", RatioLevel.class, level),
        choice("slot-reduce", SlotReduce.class, standard.slotReduce()),
        choice("reduction", Reduction.class, reduction),
        number("constant-length", standard.constantLength()),
        new BehaviourCorrection(
            choice("correction", BehaviourCorrection.Mode.class, correction.mode()),
            optional("correction-min", correction.min()),
            optional("correction-max", correction.max())),
        optional("off-policy-threshold", standard.offPolicyThreshold()),
        number("entropy-quantile", standard.entropyQuantile()),
        number("kl", standard.kl()),
        KlEstimator.of(
            text("kl-estimator", (klImportance ? KlEstimator.UNBIASED : KlEstimator.K3).label())),
        number("entropy", standard.entropy()));
  }

  /** Fails if a parameter was given that the loss does not have. */
  void requireAllUsed() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "loss type "
                + type
                + " has no parameter "
                + key
                + "; it has "
                + String.join(", ", known));
      }
    }
  }

  private String text(String key, String fallback) {
    known.add(key);
    return values.getOrDefault(key, fallback);
  }
}
