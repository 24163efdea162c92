package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;

/**
 * Makes {@link ResolvedSettings} from the defaults, configuration files and {@code --set}
 * assignments.
 *
 * <p>Precedence: defaults, then files from left to right, then assignments from left to right.
 * Every problem is a {@link SettingsException}; nothing is read besides the files named.
 */
public final class SettingsLoader {
  /** The recipe used when no file is given. */
  public static final String DEFAULT_RECIPE = "recipes/default.conf";

  private SettingsLoader() {}

  /**
   * Loads and checks.
   *
   * @param files configuration files, or names of bundled ones; empty for the default recipe
   * @param assignments {@code key=value} texts
   */
  public static ResolvedSettings load(List<String> files, List<String> assignments) {
    Config reference = ConfigFiles.reference();
    KnownKeys known = new KnownKeys(reference);
    Config given = ConfigFactory.empty();
    for (String file : files.isEmpty() ? List.of(DEFAULT_RECIPE) : files) {
      given = ConfigFiles.parse(file).withFallback(given);
    }
    for (String assignment : assignments) {
      given = assign(known, assignment).withFallback(given);
    }
    Config pekko = ConfigFactory.empty();
    Config resolved;
    try {
      // System properties and environment may be referred to, but never become keys.
      given = given.resolve();
      if (given.hasPathOrNull("pekko")) {
        pekko = given.getConfig("pekko");
        given = given.withoutPath("pekko");
      }
      resolved = given.withFallback(reference).resolve();
    } catch (ConfigException e) {
      throw new SettingsException(ConfigFiles.firstLine(e), "correct the configuration");
    }
    known.check(given);
    resolved = onlyPossibleK(resolved);
    RunSettings settings = SettingsMapping.map(resolved, given, pekko);
    return new ResolvedSettings(settings, resolved);
  }

  /**
   * A method that knows one k takes it from every file, so that a recipe's k need not be changed
   * along with its method; only a k that was asked for with --set must fit.
   */
  private static Config onlyPossibleK(Config resolved) {
    boolean asked =
        resolved.getValue("mixture.k").origin().description().startsWith("--set mixture.k");
    return !asked
            && MethodChecks.hasOneK(resolved.getValue("mixture.method").unwrapped().toString())
        ? resolved.withValue("mixture.k", ConfigValueFactory.fromAnyRef(1))
        : resolved;
  }

  private static Config assign(KnownKeys known, String assignment) {
    int eq = assignment.indexOf('=');
    String key = eq < 0 ? "" : assignment.substring(0, eq).strip();
    if (key.isEmpty()) {
      throw new SettingsException(
          "--set " + assignment + " is not an assignment", "write --set key=value");
    }
    String text = assignment.substring(eq + 1).strip();
    try {
      if (known.isText(key) && !text.startsWith("\"")) {
        return literal(key, text);
      }
      ConfigParseOptions options =
          ConfigParseOptions.defaults().setOriginDescription("--set " + key);
      ConfigValue value;
      try {
        value = ConfigFactory.parseString("value = " + text, options).getValue("value");
      } catch (ConfigException e) {
        return literal(key, text);
      }
      return ConfigFactory.empty().withValue(key, value);
    } catch (ConfigException.BadPath e) {
      throw new SettingsException(
          "--set " + assignment + ": \"" + key + "\" is not a key", "write --set key=value");
    }
  }

  private static Config literal(String key, String text) {
    return ConfigFactory.empty()
        .withValue(key, ConfigValueFactory.fromAnyRef(text, "--set " + key));
  }
}
