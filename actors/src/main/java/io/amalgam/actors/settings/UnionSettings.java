package io.amalgam.actors.settings;

import com.typesafe.config.ConfigValue;
import io.amalgam.verifiers.task.NearestName;
import java.util.Collection;

/** The refusals of sections whose keys depend on their {@code type}. */
final class UnionSettings {
  private UnionSettings() {}

  /** A key that the chosen type does not have. */
  static SettingsException unknownKey(
      String section, String name, Collection<String> names, String owner, ConfigValue at) {
    return new SettingsException(
        "unknown configuration key \"" + section + "." + name + "\"" + SettingsReader.where(at),
        meant(name, names, section + ".")
            + owner
            + " has "
            + (names.isEmpty() ? "no parameters" : String.join(", ", names)));
  }

  /** A word that is none of the allowed ones. */
  static SettingsException unknownWord(
      String key, String word, Collection<String> words, ConfigValue at) {
    return new SettingsException(
        key + " = " + word + " is unknown" + SettingsReader.where(at),
        meant(word, words, "") + "allowed: " + String.join(", ", words));
  }

  private static String meant(String given, Collection<String> known, String before) {
    return NearestName.nearest(given, known)
        .map(n -> "did you mean \"" + before + n + "\"? ")
        .orElse("");
  }
}
