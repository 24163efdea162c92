package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.amalgam.verifiers.task.NearestName;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys that the reference knows: refuses others, with the key that was probably meant. */
final class KnownKeys {
  /** Sections whose keys are free: they are checked by the method that reads them. */
  private static final java.util.Set<String> FREE =
      java.util.Set.of(
          "mixture.parameters",
          "learner.loss",
          "learner.advantage",
          "tasks.reward.parts",
          "verifier.tasks");

  /** Sections that may be a word instead: the type, with its default parameters. */
  private static final java.util.Set<String> WORDS = java.util.Set.of("learner.advantage");

  private final SortedMap<String, ConfigValue> values = new TreeMap<>();

  KnownKeys(Config reference) {
    collect("", reference.root());
  }

  /** Whether {@code key} holds a text, so that {@code --set} takes its value literally. */
  boolean isText(String key) {
    ConfigValue v = values.get(key);
    return v != null && v.valueType() == ConfigValueType.STRING;
  }

  /** Throws for the first key of {@code given} that the reference does not have. */
  void check(Config given) {
    check("", given.root());
  }

  private void check(String prefix, ConfigObject object) {
    for (Map.Entry<String, ConfigValue> e : object.entrySet()) {
      String key = join(prefix, e.getKey());
      ConfigValue value = e.getValue();
      ConfigValue known = values.get(key);
      boolean section = known instanceof ConfigObject;
      if (known == null) {
        throw unknown(firstLeaf(key, value), value);
      } else if (section && WORDS.contains(key) && value.valueType() == ConfigValueType.STRING) {
        continue;
      } else if (section && !(value instanceof ConfigObject)) {
        throw new SettingsException(
            key + " is a section, not a value" + SettingsReader.where(value),
            "set one of its keys: " + String.join(", ", children(key)));
      } else if (!section && value instanceof ConfigObject) {
        throw new SettingsException(
            key + " is a value, not a section" + SettingsReader.where(value),
            "write " + key + " = …");
      } else if (section && !FREE.contains(key)) {
        check(key, (ConfigObject) value);
      }
    }
  }

  private SettingsException unknown(String key, ConfigValue value) {
    String remedy =
        suggest(key)
            .map(k -> "did you mean \"" + k + "\"?")
            .orElse("docs/configuration.md says where every key is listed");
    return new SettingsException(
        "unknown configuration key \"" + key + "\"" + SettingsReader.where(value), remedy);
  }

  private Optional<String> suggest(String key) {
    if (key.startsWith("amalgam.") && values.containsKey(key.substring(8))) {
      return Optional.of(key.substring(8));
    }
    Optional<String> near = NearestName.nearest(key, values.keySet());
    if (near.isPresent()) {
      return near;
    }
    String leaf = "." + key.substring(key.lastIndexOf('.') + 1);
    return values.keySet().stream().filter(k -> k.endsWith(leaf)).findFirst();
  }

  private java.util.List<String> children(String section) {
    return values.keySet().stream()
        .filter(k -> k.startsWith(section + ".") && k.indexOf('.', section.length() + 1) < 0)
        .toList();
  }

  private void collect(String prefix, ConfigObject object) {
    object.forEach(
        (name, value) -> {
          String key = join(prefix, name);
          values.put(key, value);
          if (value instanceof ConfigObject) {
            collect(key, (ConfigObject) value);
          }
        });
  }

  private static String firstLeaf(String key, ConfigValue value) {
    if (value instanceof ConfigObject && !((ConfigObject) value).isEmpty()) {
      Map.Entry<String, ConfigValue> first = ((ConfigObject) value).entrySet().iterator().next();
      return firstLeaf(join(key, first.getKey()), first.getValue());
    }
    return key;
  }

  private static String join(String prefix, String name) {
    String quoted = ConfigUtil.joinPath(name);
    return prefix.isEmpty() ? quoted : prefix + "." + quoted;
  }
}
