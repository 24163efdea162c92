package io.amalgam.policy.train.advantage;

import io.amalgam.policy.train.advantage.GroupRelative.Scale;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All advantage estimators by the name they have in a configuration. Underscores are hyphens.
 *
 * <p>{@code group-mean}, {@code group-std}, {@code batch-std}: {@link GroupRelative} with scale
 * none, group, batch; {@code rloo}: {@link LeaveOneOut} with {@code clip-low}, {@code clip-high}
 * (none), {@code normalise} (false); {@code gdpo}, also called {@code normalise-then-sum}: {@link
 * NormaliseThenSum}; {@code pass-at-k}: {@link PassAtK} with {@code k} (4), {@code threshold}
 * (0.5).
 */
public final class AdvantageCatalog {
  private static final Map<String, SortedMap<String, String>> TYPES = all();

  private AdvantageCatalog() {}

  /** Every type, the default first. */
  public static List<String> types() {
    return List.of("group-mean", "group-std", "batch-std", "rloo", "gdpo", "pass-at-k");
  }

  /** The parameters of a type with their defaults. */
  public static SortedMap<String, String> parameters(String type) {
    SortedMap<String, String> found = TYPES.get(canonical(type));
    if (found == null) {
      throw new IllegalArgumentException(
          "unknown advantage type " + type + "; known are " + String.join(", ", types()));
    }
    return new TreeMap<>(found);
  }

  /** The estimator of that type with the default parameters. */
  public static AdvantageEstimator create(String type, double... weights) {
    return create(type, Map.of(), weights);
  }

  /**
   * The estimator of that type.
   *
   * @param parameters the parameters that differ from their defaults
   * @param weights weights of the reward functions; none: all 1
   * @throws IllegalArgumentException for an unknown type, an unknown parameter or a value out of
   *     range; the message names the cause and what is allowed
   */
  public static AdvantageEstimator create(
      String type, Map<String, String> parameters, double... weights) {
    SortedMap<String, String> p = parameters(type);
    parameters.forEach(
        (name, value) -> {
          if (p.replace(name, value) == null) {
            throw new IllegalArgumentException(
                "advantage type "
                    + type
                    + " has no parameter "
                    + name
                    + "; it has "
                    + (p.isEmpty() ? "none" : String.join(", ", p.keySet())));
          }
        });
    return switch (canonical(type)) {
      case "group-mean" -> new GroupRelative(Scale.NONE, weights);
      case "group-std" -> new GroupRelative(Scale.GROUP, weights);
      case "batch-std" -> new GroupRelative(Scale.BATCH, weights);
      case "rloo" ->
          new LeaveOneOut(
              number(p, "clip-low"),
              number(p, "clip-high"),
              Boolean.parseBoolean(p.get("normalise")),
              weights);
      case "gdpo" -> new NormaliseThenSum(weights);
      case "pass-at-k" -> new PassAtK((int) number(p, "k"), number(p, "threshold"), weights);
      default -> throw new IllegalStateException(type);
    };
  }

  /** The name under which a type is known. */
  private static String canonical(String type) {
    String name = type.toLowerCase(Locale.ROOT).replace('_', '-');
    return name.equals("normalise-then-sum") ? "gdpo" : name;
  }

  private static double number(SortedMap<String, String> parameters, String name) {
    String text = parameters.getOrDefault(name, "");
    if (text.equals("none")) {
      return name.equals("clip-low") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "advantage parameter " + name + " must be a number, not " + text, e);
    }
  }

  private static Map<String, SortedMap<String, String>> all() {
    Map<String, SortedMap<String, String>> out = new TreeMap<>();
    for (String type : types()) {
      out.put(type, new TreeMap<>());
    }
    out.put(
        "rloo",
        new TreeMap<>(Map.of("clip-low", "none", "clip-high", "none", "normalise", "false")));
    out.put("pass-at-k", new TreeMap<>(Map.of("k", "4", "threshold", "0.5")));
    return out;
  }
}
