package io.amalgam.verifiers.task;

import java.util.OptionalInt;

/**
 * The name of a task, perhaps at a level of its curriculum: {@code gcd} or {@code gcd@3}.
 *
 * @param base name in the catalogue
 * @param level global level, from 0; none: the configuration as it is given
 */
public record TaskName(String base, OptionalInt level) {
  private static final String AT = "@";

  /**
   * Reads a name.
   *
   * @throws TaskConfigurationException if what follows the @ is no level
   */
  public static TaskName parse(String name) {
    int at = name.indexOf(AT);
    if (at < 0) {
      return new TaskName(name, OptionalInt.empty());
    }
    String level = name.substring(at + 1);
    if (!level.matches("\\d{1,3}")) {
      throw new TaskConfigurationException(
          "task " + name + ": \"" + level + "\" is no level; give a whole number from 0");
    }
    return new TaskName(name.substring(0, at), OptionalInt.of(Integer.parseInt(level)));
  }

  /** The name in the catalogue of a task at any level. */
  public static String base(String name) {
    int at = name.indexOf(AT);
    return at < 0 ? name : name.substring(0, at);
  }

  @Override
  public String toString() {
    return level.isPresent() ? base + AT + level.getAsInt() : base;
  }
}
