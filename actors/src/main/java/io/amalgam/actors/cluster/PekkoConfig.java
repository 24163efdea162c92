package io.amalgam.actors.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.amalgam.actors.controller.LedgerReader;
import io.amalgam.actors.settings.RunSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pekko's configuration: {@code amalgam-pekko.conf} and what depends on the run. */
final class PekkoConfig {
  private PekkoConfig() {}

  /** One JVM, no network. */
  static Config local(RunSettings settings, Path runDir) {
    Map<String, Object> values = new TreeMap<>();
    values.put("pekko.actor.provider", "local");
    ledger(values, runDir);
    return build(values, settings);
  }

  /** A node of a cluster. */
  static Config node(RunSettings settings, Path runDir, Set<String> roles) {
    Map<String, Object> values = new TreeMap<>();
    values.put("pekko.actor.provider", "cluster");
    values.put("pekko.remote.artery.canonical.hostname", settings.cluster().host());
    values.put("pekko.remote.artery.canonical.port", settings.cluster().port());
    values.put(
        "pekko.cluster.seed-nodes",
        settings.cluster().seeds().stream()
            .map(seed -> "pekko://" + RunLauncher.SYSTEM + "@" + seed)
            .toList());
    values.put("pekko.cluster.roles", roles.stream().sorted().toList());
    values.put(
        "pekko.cluster.split-brain-resolver.stable-after",
        settings.cluster().removeAfter().toMillis() + "ms");
    ledger(values, runDir);
    return build(values, settings);
  }

  private static void ledger(Map<String, Object> values, Path runDir) {
    values.put("amalgam-ledger.db.url", LedgerReader.url(runDir));
  }

  /** What the run depends on, then what a person set, then our choices, then Pekko's own. */
  private static Config build(Map<String, Object> values, RunSettings settings) {
    return ConfigFactory.parseMap(values)
        .withFallback(settings.pekko().atKey("pekko"))
        .withFallback(ConfigFactory.parseResources("amalgam-pekko.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
