package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The vocabulary of a {@code tokenizer.json}: ids, their tokens and the bytes they stand for. */
final class TokenTable {
  private static final int LARGEST_ID = 16_000_000;
  private static final byte[] NO_BYTES = {};

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<@Nullable String> tokens = new ArrayList<>();
  private final BitSet added = new BitSet();
  private final BitSet special = new BitSet();
  private final SortedMap<String, Integer> addedTokens = new TreeMap<>();
  private final SortedMap<String, Integer> specialTokens = new TreeMap<>();
  private final boolean byteLevel;

  TokenTable(Path file, JsonNode root) {
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isObject()) {
      for (Iterator<Map.Entry<String, JsonNode>> it = vocabulary.fields(); it.hasNext(); ) {
        Map.Entry<String, JsonNode> entry = it.next();
        put(file, entry.getKey(), entry.getValue());
      }
    } else if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        JsonNode piece = vocabulary.get(id).path(0);
        if (!piece.isTextual()) {
          throw new TokenizerException(
              file, "entry " + id + " of model.vocab is not a pair of token and score");
        }
        put(piece.textValue(), id);
      }
    } else {
      throw new TokenizerException(
          file, "model.vocab is missing or is neither an object nor a list");
    }
    for (JsonNode token : root.path("added_tokens")) {
      JsonNode content = token.path("content");
      if (!content.isTextual()) {
        throw new TokenizerException(file, "an added token has no content: " + token);
      }
      int id = put(file, content.textValue(), token.path("id"));
      added.set(id);
      addedTokens.put(content.textValue(), id);
      if (token.path("special").asBoolean(false)) {
        special.set(id);
        specialTokens.put(content.textValue(), id);
      }
    }
    this.byteLevel = mentions(root.path("decoder"), "ByteLevel");
  }

  private int put(Path file, String token, JsonNode id) {
    if (!id.canConvertToInt()
        || !id.isIntegralNumber()
        || id.intValue() < 0
        || id.intValue() > LARGEST_ID) {
      throw new TokenizerException(
          file, "the id of token \"" + token + "\" is " + id + ", not one of 0 … " + LARGEST_ID);
    }
    return put(token, id.intValue());
  }

  private int put(String token, int id) {
    while (tokens.size() <= id) {
      tokens.add(null);
    }
    tokens.set(id, token);
    ids.put(token, id);
    return id;
  }

  private static boolean mentions(JsonNode part, String type) {
    if (part.path("type").asText().equals(type)) {
      return true;
    }
    for (String list : List.of("decoders", "pretokenizers")) {
      for (JsonNode inner : part.path(list)) {
        if (mentions(inner, type)) {
          return true;
        }
      }
    }
    return false;
  }

  int size() {
    return tokens.size();
  }

  /** Whether tokens are written in the {@link ByteAlphabet}. */
  boolean byteLevel() {
    return byteLevel;
  }

  OptionalInt idOf(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  Optional<String> token(int id) {
    return id < 0 || id >= tokens.size() ? Optional.empty() : Optional.ofNullable(tokens.get(id));
  }

  boolean isSpecial(int id) {
    return id >= 0 && special.get(id);
  }

  SortedMap<String, Integer> addedTokens() {
    return Collections.unmodifiableSortedMap(addedTokens);
  }

  SortedMap<String, Integer> specialTokens() {
    return Collections.unmodifiableSortedMap(specialTokens);
  }

  /**
   * The bytes that {@code id} adds to a decoded text.
   *
   * <p>The decoder reads an added token through the byte alphabet too, where all of its characters
   * belong to it; that matters for a Latin-1 letter only, and is followed here so that both agree.
   */
  byte[] bytes(int id) {
    Optional<String> token = token(id);
    if (token.isEmpty()) {
      return NO_BYTES;
    }
    String text = token.get();
    if (byteLevel) {
      return ByteAlphabet.read(text).orElseGet(() -> text.getBytes(StandardCharsets.UTF_8));
    }
    if (added.get(id)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (text.length() == 6 && text.startsWith("<0x") && text.endsWith(">")) {
      try {
        return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
      } catch (NumberFormatException notAByte) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    }
    return text.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
  }
}
