package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.amalgam.verifiers.reward.RewardParts;
import io.amalgam.verifiers.sandbox.FailureRule;
import io.amalgam.verifiers.sandbox.FailureRules;
import io.amalgam.verifiers.task.NearestName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads how answers are judged and rewarded. */
final class VerifierSettings {
  private static final List<String> RULE_KEYS =
      List.of("timeout", "retries", "invalid", "timed-out", "crashed");

  private VerifierSettings() {}

  static RunSettings.Verifier verifier(Config config, SettingsReader in) {
    FailureRule standard =
        new FailureRule(
            action(in, "verifier.invalid"),
            action(in, "verifier.timed-out"),
            action(in, "verifier.crashed"),
            in.whole("verifier.retries", 0, 100),
            in.time("verifier.timeout"));
    SortedMap<String, FailureRule> byTask = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> task : config.getObject("verifier.tasks").entrySet()) {
      byTask.put(task.getKey(), rule(task.getKey(), task.getValue(), config));
    }
    return new RunSettings.Verifier(
        in.whole("verifier.parallelism", 1, 1024),
        new FailureRules(standard, byTask),
        in.whole("verifier.sandbox.processes", 1, 64),
        in.whole("verifier.sandbox.heap-megabytes", 32, 1 << 20));
  }

  private static FailureRule rule(String task, ConfigValue value, Config config) {
    String section = "verifier.tasks." + task;
    if (!(value instanceof ConfigObject)) {
      throw new SettingsException(
          section + " is not a section" + SettingsReader.where(value),
          "write verifier.tasks { " + task + " { timeout = 10s } }");
    }
    for (String key : ((ConfigObject) value).keySet()) {
      if (!RULE_KEYS.contains(key)) {
        throw new SettingsException(
            "unknown key \"" + key + "\" in " + section + SettingsReader.where(value),
            NearestName.suggestion(key, RULE_KEYS));
      }
    }
    Config own = ((ConfigObject) value).toConfig().withFallback(config.getConfig("verifier"));
    SettingsReader in = new SettingsReader(own);
    return new FailureRule(
        action(in, "invalid"),
        action(in, "timed-out"),
        action(in, "crashed"),
        in.whole("retries", 0, 100),
        in.time("timeout"));
  }

  private static FailureRule.Action action(SettingsReader in, String key) {
    return in.enumOf(key, FailureRule.Action.class, Choices.FAILURE_ACTIONS);
  }

  /** Parts of weight 0 are left out, so that a part of the default can be switched off. */
  static RunSettings.Rewarding rewarding(Config config, SettingsReader in) {
    SortedMap<String, Double> parts = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> part : config.getObject("tasks.reward.parts").entrySet()) {
      String key = "tasks.reward.parts." + part.getKey();
      if (RewardParts.named(part.getKey()).isEmpty()) {
        throw new SettingsException(
            "unknown part \""
                + part.getKey()
                + "\" of tasks.reward.parts"
                + SettingsReader.where(part.getValue()),
            NearestName.suggestion(part.getKey(), RewardParts.names()));
      }
      double weight = in.within(key, -1e6, 1e6);
      if (weight != 0) {
        parts.put(part.getKey(), weight);
      }
    }
    if (parts.isEmpty()) {
      throw in.wrong(
          "tasks.reward.parts", "has no part", "give a weight, for example { score = 1 }");
    }
    double least = in.within("tasks.reward.min", -1e9, 1e9);
    double greatest = in.within("tasks.reward.max", -1e9, 1e9);
    if (!(least < greatest)) {
      throw in.wrong("tasks.reward.min", "is not below tasks.reward.max", "give a smaller number");
    }
    return new RunSettings.Rewarding(parts, least, greatest);
  }
}
