package io.amalgam.policy.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.text.jinja.Rendered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * The tokenizer of a Hugging Face model directory: text to token ids and back.
 *
 * <p>{@code tokenizer.json} decides how a text is cut; {@code tokenizer_config.json}, {@code
 * special_tokens_map.json} and {@code chat_template.jinja}, where present, name the special tokens
 * and the chat template. Safe for use by several threads. Holds native memory until {@link
 * #close()}; a use after that throws {@link IllegalStateException}.
 */
public final class Tokenizer implements AutoCloseable {
  static {
    // The library otherwise reports its use over the network when its class is loaded.
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
  }

  private final HuggingFaceTokenizer engine;
  private final TokenTable table;
  private final TokenizerSettings settings;

  private Tokenizer(HuggingFaceTokenizer engine, TokenTable table, TokenizerSettings settings) {
    this.engine = engine;
    this.table = table;
    this.settings = settings;
  }

  /**
   * Opens the tokenizer of {@code modelDirectory}.
   *
   * @throws TokenizerException if {@code tokenizer.json} is missing, or a file is garbled
   */
  public static Tokenizer open(Path modelDirectory) {
    Path file = modelDirectory.resolve("tokenizer.json");
    JsonNode root = JsonFile.read(file);
    TokenTable table = new TokenTable(file, root);
    TokenizerSettings settings = TokenizerSettings.read(modelDirectory);
    Map<String, String> options =
        Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
    try (ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
      return new Tokenizer(HuggingFaceTokenizer.newInstance(in, options), table, settings);
    } catch (IOException e) {
      throw new TokenizerException(file, "cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new TokenizerException(file, "is not a usable tokenizer: " + e.getMessage(), e);
    }
  }

  /**
   * The ids of {@code text}; added tokens in the text become their ids, and no special token is put
   * around it.
   */
  public int[] encode(String text) {
    return encode(text, false);
  }

  /**
   * The ids of {@code text}, with the special tokens that {@code tokenizer.json} puts around a text
   * where wanted.
   *
   * <p>A surrogate without its partner, which no UTF-8 text can hold, is read as U+FFFD.
   */
  public int[] encode(String text, boolean addSpecialTokens) {
    long[] ids = encoded(text, addSpecialTokens).getIds();
    int[] out = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      out[i] = Math.toIntExact(ids[i]);
    }
    return out;
  }

  /**
   * Which code points of {@code text} each id of {@link #encode(String)} stands for, in order. An
   * id that holds a part of a character has the whole character.
   */
  public List<Rendered.Span> spans(String text) {
    return Arrays.stream(encoded(text, false).getCharTokenSpans())
        .map(span -> new Rendered.Span(span.getStart(), span.getEnd()))
        .toList();
  }

  private Encoding encoded(String text, boolean addSpecialTokens) {
    return engine().encode(Utf8.wellFormed(text), addSpecialTokens, false);
  }

  /** The text of {@code ids}, special tokens included. */
  public String decode(int... ids) {
    return decode(ids, false);
  }

  /**
   * The text of {@code ids}; broken UTF-8 becomes U+FFFD, and an id that has no token gives
   * nothing.
   *
   * @throws IllegalArgumentException if an id is negative
   */
  public String decode(int[] ids, boolean skipSpecial) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0) {
        throw new IllegalArgumentException(
            "token id " + ids[i] + " at position " + i + " is negative");
      }
      wide[i] = ids[i];
    }
    return engine().decode(wide, skipSpecial);
  }

  private HuggingFaceTokenizer engine() {
    if (engine.isReleased()) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    return engine;
  }

  /** The largest id + 1, added tokens included. A model may have more rows than that. */
  public int vocabularySize() {
    return table.size();
  }

  /**
   * The id of a token as {@code tokenizer.json} writes it (byte-level tokens in the {@link
   * ByteAlphabet}).
   */
  public OptionalInt idOf(String token) {
    return table.idOf(token);
  }

  /** The token of an id as {@code tokenizer.json} writes it. */
  public Optional<String> token(int id) {
    return table.token(id);
  }

  /**
   * The bytes that {@code id} adds to a decoded text; empty for an id without a token. Decoding is
   * concatenation of these for a byte-level vocabulary; other kinds may also change spaces at the
   * start of the text.
   */
  public byte[] bytes(int id) {
    return table.bytes(id);
  }

  /** Whether {@code id} is left out by a decoder that skips special tokens. */
  public boolean isSpecial(int id) {
    return table.isSpecial(id);
  }

  /** Ids of the tokens that are cut out of a text whole, special or not, by content. */
  public SortedMap<String, Integer> addedTokens() {
    return table.addedTokens();
  }

  /** Ids of the added tokens that are special, by content. */
  public SortedMap<String, Integer> specialTokens() {
    return table.specialTokens();
  }

  /**
   * Contents of the special tokens that have a name: {@code bos_token}, {@code eos_token}, {@code
   * pad_token}, ….
   */
  public Map<String, String> namedTokens() {
    return settings.namedTokens();
  }

  /** The text of the token that starts a sequence. */
  public Optional<String> bosToken() {
    return Optional.ofNullable(settings.namedTokens().get("bos_token"));
  }

  /** The text of the token that ends a turn. */
  public Optional<String> eosToken() {
    return Optional.ofNullable(settings.namedTokens().get("eos_token"));
  }

  /** The text of the token that fills a batch. */
  public Optional<String> padToken() {
    return Optional.ofNullable(settings.namedTokens().get("pad_token"));
  }

  /**
   * The Jinja source of the chat template: {@code chat_template.jinja}, else that of {@code
   * tokenizer_config.json}.
   */
  public Optional<String> chatTemplate() {
    return settings.chatTemplate();
  }

  /** A decoder of a growing answer that keeps or leaves out special tokens. */
  public StreamingDecoder streamingDecoder(boolean skipSpecial) {
    return new StreamingDecoder(this, skipSpecial);
  }

  boolean byteLevel() {
    return table.byteLevel();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return "Tokenizer[" + table.size() + " tokens]";
  }

  /** The UTF-8 bytes of a text, for comparison with {@link #bytes(int)}. */
  public static byte[] utf8(String text) {
    return Utf8.wellFormed(text).getBytes(StandardCharsets.UTF_8);
  }
}
