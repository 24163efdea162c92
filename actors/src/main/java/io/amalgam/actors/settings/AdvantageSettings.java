package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.amalgam.policy.train.advantage.AdvantageCatalog;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code learner.advantage}: the name of a type, or a section with {@code type} and the
 * type's parameters.
 */
final class AdvantageSettings {
  private static final String SECTION = "learner.advantage";

  private AdvantageSettings() {}

  static RunSettings.Advantage read(Config config, SettingsReader in) {
    ConfigValue value = config.getValue(SECTION);
    boolean union = value instanceof ConfigObject;
    String key = union ? SECTION + ".type" : SECTION;
    String type = in.text(key).replace('_', '-');
    if (!type.equals("normalise-then-sum") && !AdvantageCatalog.types().contains(type)) {
      type = in.oneOf(key, AdvantageCatalog.types());
    }
    SortedMap<String, String> parameters = new TreeMap<>();
    if (union) {
      for (Map.Entry<String, ConfigValue> e : ((ConfigObject) value).entrySet()) {
        if (e.getKey().equals("type")) {
          continue;
        }
        if (!AdvantageCatalog.parameters(type).containsKey(e.getKey())) {
          throw UnionSettings.unknownKey(
              SECTION,
              e.getKey(),
              AdvantageCatalog.parameters(type).keySet(),
              "advantage type " + type,
              e.getValue());
        }
        parameters.put(e.getKey(), String.valueOf(e.getValue().unwrapped()));
      }
    }
    RunSettings.Advantage read = new RunSettings.Advantage(type, parameters);
    try {
      read.estimator();
    } catch (IllegalArgumentException e) {
      throw SettingsException.ofSentence(SECTION + ": " + e.getMessage());
    }
    return read;
  }
}
