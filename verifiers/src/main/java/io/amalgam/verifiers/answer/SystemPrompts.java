package io.amalgam.verifiers.answer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The system prompts that ask for an answer between tags, by name; the texts are those of
 * reasoning-gym.
 */
public final class SystemPrompts {
  private static final Map<String, String> TEXTS = read();

  private SystemPrompts() {}

  private static Map<String, String> read() {
    try (InputStream in = SystemPrompts.class.getResourceAsStream("system-prompts.json")) {
      return Collections.unmodifiableMap(
          new ObjectMapper()
              .readValue(
                  Objects.requireNonNull(in),
                  new TypeReference<LinkedHashMap<String, String>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the packaged system prompts", e);
    }
  }

  /**
   * The names: {@code DeepSeekZero}, {@code default}, {@code simple}, {@code direct}, {@code
   * chain_of_draft}.
   */
  public static Set<String> names() {
    return TEXTS.keySet();
  }

  /** The text of a name, if there is one. */
  public static Optional<String> named(String name) {
    return Optional.ofNullable(TEXTS.get(name));
  }
}
