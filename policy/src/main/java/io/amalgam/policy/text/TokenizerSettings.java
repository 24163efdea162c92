package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files beside {@code tokenizer.json} say: the named special tokens and the chat template.
 */
record TokenizerSettings(Map<String, String> namedTokens, Optional<String> chatTemplate) {
  private static final List<String> NAMES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  TokenizerSettings {
    namedTokens = Collections.unmodifiableMap(new LinkedHashMap<>(namedTokens));
  }

  /** Reads the directory; a file that is absent says nothing. */
  static TokenizerSettings read(Path directory) {
    Path file = directory.resolve("tokenizer_config.json");
    JsonNode config = Files.exists(file) ? JsonFile.read(file) : MissingNode.getInstance();
    Path older = directory.resolve("special_tokens_map.json");
    JsonNode map = Files.exists(older) ? JsonFile.read(older) : MissingNode.getInstance();
    Map<String, String> named = new LinkedHashMap<>();
    for (String name : NAMES) {
      content(config.path(name))
          .or(() -> content(map.path(name)))
          .ifPresent(token -> named.put(name, token));
    }
    return new TokenizerSettings(named, template(directory, config));
  }

  /** A token is written as its text or as an object that holds the text. */
  private static Optional<String> content(JsonNode token) {
    JsonNode text = token.isObject() ? token.path("content") : token;
    return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
  }

  private static Optional<String> template(Path directory, JsonNode config) {
    Path file = directory.resolve("chat_template.jinja");
    if (Files.exists(file)) {
      try {
        return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new TokenizerException(file, "cannot be read: " + e.getMessage(), e);
      }
    }
    JsonNode template = config.path("chat_template");
    if (template.isTextual()) {
      return Optional.of(template.textValue());
    }
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default") && named.path("template").isTextual()) {
        return Optional.of(named.path("template").textValue());
      }
    }
    return Optional.empty();
  }
}
