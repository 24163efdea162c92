package io.amalgam.policy.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the hub and the local cache are, and how long anything may take. Read from the environment
 * variables of the Python library {@code huggingface_hub}, so that both share one cache.
 *
 * @param endpoint address of the hub, without a slash at its end
 * @param token sent to the endpoint only, if there is one
 * @param offline whether nothing may be asked from the hub
 * @param cache folder of the folders {@code models--ORGANISATION--NAME}
 * @param connectTimeout longest time to connect and until an answer begins
 * @param stallTimeout longest time without a byte of an answer that has begun
 * @param attempts how often a request is made before it counts as failed, 1 or more
 * @param pause before the second attempt; doubled before each further one
 * @param lockTimeout longest time to wait for another process whose download does not grow
 */
public record HubSettings(
    URI endpoint,
    Optional<AccessToken> token,
    boolean offline,
    Path cache,
    Duration connectTimeout,
    Duration stallTimeout,
    int attempts,
    Duration pause,
    Duration lockTimeout) {
  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
  private static final List<String> TRUE = List.of("1", "ON", "YES", "TRUE");
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);

  /** Checks the numbers. */
  public HubSettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + ", must be 1 or more");
    }
  }

  /**
   * The settings that environment variables give: {@code HF_ENDPOINT}, {@code HF_TOKEN} or the file
   * {@code HF_TOKEN_PATH} (usually {@code $HF_HOME/token}), {@code HF_HUB_OFFLINE}, {@code
   * HF_HUB_CACHE}, {@code HF_HOME}, {@code XDG_CACHE_HOME}, {@code HF_HUB_ETAG_TIMEOUT} and {@code
   * HF_HUB_DOWNLOAD_TIMEOUT} (seconds, 10 where not set).
   *
   * @param environment name to value
   * @param home what {@code ~} stands for
   * @throws HubException if a variable has a value that cannot be used
   */
  public static HubSettings of(Map<String, String> environment, Path home) {
    Path hfHome =
        path(environment, "HF_HOME", home)
            .orElseGet(
                () ->
                    path(environment, "XDG_CACHE_HOME", home)
                        .orElse(home.resolve(".cache"))
                        .resolve("huggingface"));
    Path cache =
        path(environment, "HF_HUB_CACHE", home)
            .or(() -> path(environment, "HUGGINGFACE_HUB_CACHE", home))
            .orElse(hfHome.resolve("hub"));
    Path tokenFile = path(environment, "HF_TOKEN_PATH", home).orElse(hfHome.resolve("token"));
    return new HubSettings(
        endpoint(value(environment, "HF_ENDPOINT").orElse(DEFAULT_ENDPOINT)),
        value(environment, "HF_TOKEN").or(() -> read(tokenFile)).map(AccessToken::new),
        flag(environment, "HF_HUB_OFFLINE") || flag(environment, "TRANSFORMERS_OFFLINE"),
        cache,
        seconds(environment, "HF_HUB_ETAG_TIMEOUT"),
        seconds(environment, "HF_HUB_DOWNLOAD_TIMEOUT"),
        ATTEMPTS,
        PAUSE,
        LOCK_TIMEOUT);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Optional<Path> path(Map<String, String> environment, String name, Path home) {
    return value(environment, name)
        .map(
            v ->
                v.equals("~")
                    ? home
                    : v.startsWith("~/") ? home.resolve(v.substring(2)) : Path.of(v));
  }

  private static boolean flag(Map<String, String> environment, String name) {
    return value(environment, name)
        .filter(v -> TRUE.contains(v.toUpperCase(Locale.ROOT)))
        .isPresent();
  }

  private static Duration seconds(Map<String, String> environment, String name) {
    String given = value(environment, name).orElse("10");
    if (!given.matches("[1-9][0-9]{0,5}")) {
      throw new HubException(
          name + " = \"" + given + "\" is no time", "give a whole number of seconds, 1 or more");
    }
    return Duration.ofSeconds(Integer.parseInt(given));
  }

  private static URI endpoint(String given) {
    String plain = given.replaceFirst("/+$", "");
    try {
      URI uri = URI.create(plain);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new HubException("HF_ENDPOINT = \"" + given + "\" is no address", example(), e);
    }
    throw new HubException("HF_ENDPOINT = \"" + given + "\" is no address", example());
  }

  private static String example() {
    return "give one such as " + DEFAULT_ENDPOINT + ", or unset it";
  }

  private static Optional<String> read(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip()).filter(t -> !t.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
