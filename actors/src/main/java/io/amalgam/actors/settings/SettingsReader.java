package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.amalgam.verifiers.task.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads single values with their type and range; every refusal names key, value, place and what is
 * allowed.
 */
final class SettingsReader {
  private final Config config;

  SettingsReader(Config config) {
    this.config = config;
  }

  /** A whole number in [{@code min}, {@code max}]. */
  int whole(String key, int min, int max) {
    String range =
        max == Integer.MAX_VALUE
            ? "a whole number, at least " + min
            : "a whole number from " + min + " to " + max;
    double v = numeric(key, range);
    if (v != Math.rint(v)) {
      throw wrong(key, "is not a whole number", range);
    }
    if (v < min || v > max) {
      throw wrong(key, "is out of range", range);
    }
    return (int) v;
  }

  /** Any 64-bit whole number. */
  long seed(String key) {
    ConfigValue value = config.getValue(key);
    try {
      return Long.parseLong(String.valueOf(value.unwrapped()));
    } catch (NumberFormatException e) {
      throw wrong(key, "is not a whole number of 64 bits", "give a whole number");
    }
  }

  /** A number above {@code min}. */
  double above(String key, double min) {
    String range = "a number above " + plain(min);
    double v = numeric(key, range);
    if (!(v > min) || Double.isInfinite(v)) {
      throw wrong(key, "is out of range", range);
    }
    return v;
  }

  /** A number in [{@code min}, {@code max}]. */
  double within(String key, double min, double max) {
    String range =
        max == Double.MAX_VALUE
            ? "a number, at least " + plain(min)
            : "a number from " + plain(min) + " to " + plain(max);
    double v = numeric(key, range);
    if (!(v >= min && v <= max)) {
      throw wrong(key, "is out of range", range);
    }
    return v;
  }

  /** {@code true} or {@code false}. */
  boolean flag(String key) {
    Object raw = config.getValue(key).unwrapped();
    if (raw instanceof Boolean) {
      return (Boolean) raw;
    }
    switch (String.valueOf(raw)) {
      case "true", "on", "yes":
        return true;
      case "false", "off", "no":
        return false;
      default:
        throw wrong(key, "is not a switch", "give true or false");
    }
  }

  /** A text; may be empty. */
  String text(String key) {
    Object raw = config.getValue(key).unwrapped();
    if (raw instanceof String || raw instanceof Number || raw instanceof Boolean) {
      return raw.toString();
    }
    throw wrong(key, "is not a text", "give a text");
  }

  /** A text that is not blank. */
  String name(String key) {
    String v = text(key);
    if (v.isBlank()) {
      throw wrong(key, "is empty", "give a name");
    }
    return v;
  }

  /** One of the allowed words. */
  String oneOf(String key, List<String> allowed) {
    String v = text(key);
    if (!allowed.contains(v)) {
      throw new SettingsException(
          cause(key, "is unknown"),
          NearestName.nearest(v, allowed)
              .map(n -> "did you mean \"" + n + "\"? ")
              .orElse("")
              .concat("allowed: " + String.join(", ", allowed)));
    }
    return v;
  }

  /** One of the constants of an enumeration, given as the word in the same place of a list. */
  <E extends Enum<E>> E enumOf(String key, Class<E> type, List<String> words) {
    return type.getEnumConstants()[words.indexOf(oneOf(key, words))];
  }

  /** A list of texts, each one of {@code allowed} unless that is empty. */
  List<String> texts(String key, List<String> allowed, boolean emptyAllowed) {
    Object raw = config.getValue(key).unwrapped();
    String what =
        "give a list, for example [\"" + (allowed.isEmpty() ? "…" : allowed.get(0)) + "\"]";
    if (!(raw instanceof List)) {
      throw wrong(key, "is not a list", what);
    }
    List<String> out = new ArrayList<>();
    for (Object o : (List<?>) raw) {
      String s = String.valueOf(o);
      if (!(o instanceof String) || s.isBlank()) {
        throw wrong(key, "is not a list of texts", what);
      }
      if (!allowed.isEmpty() && !allowed.contains(s)) {
        throw wrong(
            key, "holds the unknown \"" + s + "\"", "allowed: " + String.join(", ", allowed));
      }
      if (out.contains(s) && !allowed.isEmpty()) {
        throw wrong(key, "names " + s + " twice", "name each once");
      }
      out.add(s);
    }
    if (out.isEmpty() && !emptyAllowed) {
      throw wrong(key, "is empty", what);
    }
    return List.copyOf(out);
  }

  /** A time above zero, such as {@code 5s} or {@code 200ms}. */
  Duration time(String key) {
    Duration v;
    try {
      v = config.getDuration(key);
    } catch (ConfigException e) {
      throw wrong(key, "is not a time", "give a number with a unit, for example 20s or 500ms");
    }
    if (v.isZero() || v.isNegative()) {
      throw wrong(key, "is out of range", "give a time above 0, for example 20s");
    }
    return v;
  }

  /** A refusal of {@code key} as it stands. */
  SettingsException wrong(String key, String how, String allowed) {
    return new SettingsException(
        cause(key, how), allowed.startsWith("a ") ? "give " + allowed : allowed);
  }

  private String cause(String key, String how) {
    ConfigValue v = config.getValue(key);
    return key + " = " + shown(v) + " " + how + where(v);
  }

  private double numeric(String key, String range) {
    Object raw = config.getValue(key).unwrapped();
    try {
      return raw instanceof Number
          ? ((Number) raw).doubleValue()
          : Double.parseDouble(raw instanceof String ? (String) raw : "no number");
    } catch (NumberFormatException e) {
      throw wrong(key, "is not a number", range);
    }
  }

  private static String shown(ConfigValue v) {
    String text = v.render(ConfigRenderOptions.concise());
    return text.length() > 60 ? text.substring(0, 57) + "…" : text;
  }

  /** Where a value was written, in brackets; empty for defaults. */
  static String where(ConfigValue v) {
    String file = v.origin().filename();
    String name = file == null ? v.origin().resource() : file;
    if (name == null || name.equals("reference.conf")) {
      return "";
    }
    int line = v.origin().lineNumber();
    return line > 0 ? " (" + name + ", line " + line + ")" : " (" + name + ")";
  }

  private static String plain(double v) {
    return v == Math.rint(v) ? String.format(Locale.ROOT, "%.0f", v) : Double.toString(v);
  }
}
