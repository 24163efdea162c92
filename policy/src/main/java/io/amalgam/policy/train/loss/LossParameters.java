package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** The parameters of one loss as text, read with defaults; remembers which were asked for. */
final class LossParameters {
  private static final double ANY = Double.MAX_VALUE;

  private final String type;
  private final Map<String, String> values;
  private final SortedSet<String> known = new TreeSet<>();

  LossParameters(String type, Map<String, String> values) {
    this.type = type;
    this.values = new HashMap<>(values);
  }

  /** A name with hyphens for underscores, in small letters. */
  static String hyphens(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names asked for so far. */
  SortedSet<String> known() {
    return known;
  }

  /** Lets a parameter have a second name. */
  void alias(String alias, String name) {
    known.add(alias);
    String text = values.get(alias);
    if (text == null) {
      return;
    }
    if (values.containsKey(name)) {
      throw new IllegalArgumentException(
          "loss parameters " + alias + " and " + name + " are the same; give one of them");
    }
    values.put(name, text);
  }

  double number(String key, double fallback) {
    return number(key, fallback, -ANY, ANY);
  }

  /** A number of at least 0. */
  double positive(String key, double fallback) {
    return number(key, fallback, 0, ANY);
  }

  double number(String key, double fallback, double low, double high) {
    String text = text(key, Double.toString(fallback));
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "loss parameter " + key + " must be a number, not " + text, e);
    }
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "loss parameter "
              + key
              + " must be "
              + (high == ANY ? low == -ANY ? "finite" : "at least " + low : low + " to " + high)
              + ", not "
              + text);
    }
    return value;
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
      if (hyphens(t.name()).equals(hyphens(text))) {
        return t;
      }
    }
    throw new IllegalArgumentException(
        "loss parameter "
            + key
            + " must be one of "
            + hyphens(Arrays.toString(choices.getEnumConstants()))
            + ", not "
            + text);
  }

  /**
   * The trust region: {@code clip-low}, {@code clip-high}, {@code delta}. The names {@code epsilon}
   * and {@code epsilon-high} mean the same, but {@code epsilon} alone sets both sides.
   */
  ClipRange clip(double low, double high) {
    return clip(low, high, OptionalDouble.empty());
  }

  ClipRange clip(double low, double high, OptionalDouble delta) {
    double[] bounds = bounds(low, high);
    return new ClipRange(bounds[0], bounds[1], optional("delta", delta));
  }

  /** {@code clip-low} and {@code clip-high}. */
  double[] bounds(double low, double high) {
    double top = high;
    if (values.containsKey("epsilon")) {
      top = number("epsilon", low, 0, ANY);
    }
    alias("epsilon", "clip-low");
    alias("epsilon-high", "clip-high");
    return new double[] {positive("clip-low", low), positive("clip-high", top)};
  }

  PolicyLoss.Settings settings(
      RatioLevel level,
      Proximal proximal,
      Reduction reduction,
      BehaviourCorrection correction,
      boolean klImportance) {
    PolicyLoss.Settings standard = PolicyLoss.Settings.standard();
    return new PolicyLoss.Settings(
        choice("level", RatioLevel.class, level),
        choice("proximal", Proximal.class, proximal),
        choice("slot-reduce", SlotReduce.class, standard.slotReduce()),
        reduction(reduction),
        number("constant-length", standard.constantLength()),
        correction(correction),
        optional("off-policy-threshold", standard.offPolicyThreshold()),
        number("entropy-quantile", standard.entropyQuantile()),
        number("kl", standard.kl(), 0, ANY),
        KlEstimator.of(
            text("kl-estimator", (klImportance ? KlEstimator.UNBIASED : KlEstimator.K3).label())),
        number("entropy", standard.entropy()));
  }

  private Reduction reduction(Reduction fallback) {
    return hyphens(text("reduction", "")).equals("sequence-mean")
        ? Reduction.SEQUENCE_MEAN_TOKEN_MEAN
        : choice("reduction", Reduction.class, fallback);
  }

  private BehaviourCorrection correction(BehaviourCorrection fallback) {
    known.add("correction");
    String name = values.get("correction");
    BehaviourCorrection usual = name == null ? fallback : CorrectionCatalog.named(name);
    SequenceRejection.Measure measure =
        choice("correction-reject", SequenceRejection.Measure.class, usual.rejection().measure());
    SequenceRejection rejection =
        measure == usual.rejection().measure()
            ? usual.rejection()
            : SequenceRejection.usual(measure);
    return new BehaviourCorrection(
        usual.mode(),
        optional("correction-min", usual.min()),
        optional("correction-max", usual.max()),
        new SequenceRejection(
            measure,
            positive("correction-reject-min", rejection.min()),
            number("correction-reject-max", rejection.max(), 0, Double.POSITIVE_INFINITY)),
        optional("correction-veto", usual.veto()),
        flag("correction-batch-normalise", usual.normalise()));
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
