package io.amalgam.policy.mixture;

import java.util.List;

/** A named parameter of a mixture method, with its default and its range. */
public sealed interface Parameter
    permits Parameter.Number, Parameter.Whole, Parameter.AutoNumber, Parameter.Choice {
  /** The word for a value that depends on other parameters. */
  String AUTO = "auto";

  /** The name, the last part of the configuration key. */
  String name();

  /** The value when none is given. */
  String defaultValue();

  /** What may be given, in words. */
  String allowed();

  /** Throws {@link MixtureConfigurationException} when the value cannot be used. */
  void check(String value);

  /** Throws {@link MixtureConfigurationException} unless the value is a number of the range. */
  default void checkRange(String value, double low, double high) {
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new MixtureConfigurationException(field(), value, allowed());
    }
    if (!(number >= low && number <= high)) {
      throw new MixtureConfigurationException(field(), value, allowed());
    }
  }

  /** The configuration key. */
  default String field() {
    return "mixture." + name();
  }

  /**
   * A number from {@code low} to {@code high}, both included.
   *
   * @param name last part of the configuration key
   * @param defaultValue value when none is given
   * @param low smallest value
   * @param high largest value
   */
  record Number(String name, String defaultValue, double low, double high) implements Parameter {
    @Override
    public String allowed() {
      return "a number from " + low + " to " + high;
    }

    @Override
    public void check(String value) {
      checkRange(value, low, high);
    }
  }

  /**
   * A whole number from {@code low} to {@code high}, both included.
   *
   * @param name last part of the configuration key
   * @param defaultValue value when none is given
   * @param low smallest value
   * @param high largest value
   */
  record Whole(String name, String defaultValue, int low, int high) implements Parameter {
    @Override
    public String allowed() {
      return "a whole number from " + low + " to " + high;
    }

    @Override
    public void check(String value) {
      checkRange(value, low, high);
      if (Double.parseDouble(value) % 1 != 0) {
        throw new MixtureConfigurationException(field(), value, allowed());
      }
    }
  }

  /**
   * A number from {@code low} to {@code high}, or {@value Parameter#AUTO}, which is the default.
   *
   * @param name last part of the configuration key
   * @param low smallest value
   * @param high largest value
   */
  record AutoNumber(String name, double low, double high) implements Parameter {
    @Override
    public String defaultValue() {
      return AUTO;
    }

    @Override
    public String allowed() {
      return AUTO + " or a number from " + low + " to " + high;
    }

    @Override
    public void check(String value) {
      if (value.equals(AUTO)) {
        return;
      }
      checkRange(value, low, high);
    }
  }

  /**
   * One of several words.
   *
   * @param name last part of the configuration key
   * @param defaultValue word when none is given
   * @param words all words
   */
  record Choice(String name, String defaultValue, List<String> words) implements Parameter {
    /** Copies the words. */
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public void check(String value) {
      if (!words.contains(value)) {
        throw new MixtureConfigurationException(field(), value, allowed());
      }
    }
  }
}
