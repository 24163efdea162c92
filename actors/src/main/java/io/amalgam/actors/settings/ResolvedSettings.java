package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;

/**
 * A checked configuration in both its forms: as records for the code, as HOCON for people and for
 * {@code config.conf}.
 *
 * @param settings what the roles read
 * @param keys every Amalgam key with its final value, without the leading {@code amalgam.}
 */
public record ResolvedSettings(RunSettings settings, Config keys) {

  /** The text of {@code config.conf}: the loader reads it back to the same settings. */
  public String render() {
    Config pekko = settings.pekko();
    Config all = pekko.isEmpty() ? keys : pekko.atKey("pekko").withFallback(keys);
    return ConfigFactory.empty()
        .withFallback(all)
        .root()
        .render(
            ConfigRenderOptions.defaults()
                .setOriginComments(false)
                .setComments(false)
                .setJson(false));
  }
}
