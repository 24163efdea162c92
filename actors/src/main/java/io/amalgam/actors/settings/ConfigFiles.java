package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds and parses configuration files: on disk, or the recipes that come with Amalgam. */
final class ConfigFiles {
  private static final String BUNDLED = "config/";

  private ConfigFiles() {}

  /** The defaults: the {@code amalgam} section of {@code reference.conf}. */
  static Config reference() {
    return ConfigFactory.parseResources(ConfigFiles.class.getClassLoader(), "reference.conf")
        .getConfig("amalgam");
  }

  /**
   * The parsed file, not resolved. A name that is no file is looked up among the bundled ones, so
   * that {@code --config recipes/default.conf} works from every directory.
   */
  static Config parse(String name) {
    ConfigParseOptions strict = ConfigParseOptions.defaults().setAllowMissing(false);
    try {
      Path file = Path.of(name);
      if (Files.isRegularFile(file)) {
        return ConfigFactory.parseFile(file.toFile(), strict);
      }
      String resource = BUNDLED + (name.startsWith(BUNDLED) ? name.substring(7) : name);
      ClassLoader loader = ConfigFiles.class.getClassLoader();
      if (!name.isBlank() && loader.getResource(resource) != null && name.endsWith(".conf")) {
        return ConfigFactory.parseResources(loader, resource, strict);
      }
    } catch (ConfigException e) {
      throw new SettingsException(firstLine(e), "correct the HOCON syntax of " + name);
    } catch (java.nio.file.InvalidPathException e) {
      throw missing(name);
    }
    throw missing(name);
  }

  static String firstLine(Throwable e) {
    String text = String.valueOf(e.getMessage()).strip();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static SettingsException missing(String name) {
    return new SettingsException(
        "there is no configuration file " + name,
        "give an existing file; recipes/default.conf comes with Amalgam");
  }
}
