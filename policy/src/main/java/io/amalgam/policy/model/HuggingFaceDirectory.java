package io.amalgam.policy.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model directory as Hugging Face libraries write it: {@code config.json}, weights in one
 * safetensors file or in shards with an index, {@code generation_config.json}, tokenizer files.
 *
 * @param path the directory
 * @param config shape of the model
 * @param weights its tensors, checked against the configuration, mapped into memory
 * @param endTokens ids that end a generated text: those of {@code generation_config.json}, else
 *     those of {@code config.json}
 */
public record HuggingFaceDirectory(
    Path path, ModelConfig config, ModelWeights weights, List<Integer> endTokens) {
  /** The files that make up a tokenizer; copied when a model is saved. */
  public static final List<String> TOKENIZER_FILES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "vocab.json",
          "merges.txt",
          "tokenizer.model");

  private static final String CONFIG = "config.json";
  private static final String GENERATION_CONFIG = "generation_config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the list. */
  public HuggingFaceDirectory {
    endTokens = List.copyOf(endTokens);
  }

  /**
   * Reads a directory.
   *
   * @throws ModelFormatException naming file, tensor and reason if it cannot be used
   */
  public static HuggingFaceDirectory open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelFormatException(path + " is not a directory");
    }
    return open(path, readConfig(path.resolve(CONFIG)));
  }

  /** Reads the weights of a directory for a configuration that was read or made elsewhere. */
  public static HuggingFaceDirectory open(Path path, ModelConfig config) {
    List<Integer> ends = generationEnds(path.resolve(GENERATION_CONFIG), config);
    ModelWeights weights = WeightFiles.read(path).select(config);
    return new HuggingFaceDirectory(
        path, config, weights, ends.isEmpty() ? config.eosTokens() : ends);
  }

  private static List<Integer> generationEnds(Path file, ModelConfig config) {
    if (!Files.exists(file)) {
      return List.of();
    }
    JsonNode root = json(file);
    return named(file, () -> ConfigJson.endTokens(root, config.vocabSize()));
  }

  /** Reads a {@code config.json}. */
  public static ModelConfig readConfig(Path file) {
    JsonNode root = json(file);
    return named(file, () -> ConfigJson.parse(root));
  }

  /** Puts the file's name before errors that lack it. */
  private static <T> T named(Path file, Supplier<T> read) {
    try {
      return read.get();
    } catch (ModelFormatException e) {
      String own = file.getFileName() + ": ";
      String message = String.valueOf(e.getMessage());
      throw new ModelFormatException(
          file + ": " + (message.startsWith(own) ? message.substring(own.length()) : message), e);
    }
  }

  /** The tokenizer's definition, if the directory has one. */
  public Optional<Path> tokenizerFile() {
    Path file = path.resolve("tokenizer.json");
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * Writes a directory that Hugging Face libraries load. It appears complete or not at all: files
   * go to a temporary directory beside it, which is then renamed.
   *
   * @param target the directory, which must not exist
   * @param weights F32 or BF16, stored as they are
   * @param endTokens ids that end a text
   * @param tokenizer a directory whose tokenizer files are copied, if any
   */
  public static void save(
      Path target,
      ModelConfig config,
      ModelWeights weights,
      List<Integer> endTokens,
      Optional<Path> tokenizer) {
    Path absolute = target.toAbsolutePath();
    Path parent = Optional.ofNullable(absolute.getParent()).orElse(absolute);
    try {
      if (Files.exists(absolute)) {
        throw new IOException(absolute + " exists already");
      }
      Files.createDirectories(parent);
      Path temporary = Files.createTempDirectory(parent, ".saving-");
      DType dtype = weights.get(ParameterLayout.EMBEDDING).dtype();
      writeJson(temporary.resolve(CONFIG), ConfigWriter.write(config, dtype));
      ObjectNode generation = JSON.createObjectNode();
      config.bosToken().ifPresent(v -> generation.put("bos_token_id", v));
      ConfigWriter.writeIds(generation, "eos_token_id", endTokens);
      config.padToken().ifPresent(v -> generation.put("pad_token_id", v));
      writeJson(temporary.resolve(GENERATION_CONFIG), generation);
      Safetensors.write(temporary.resolve(WeightFiles.SINGLE), weights.tensors());
      if (tokenizer.isPresent()) {
        for (String name : TOKENIZER_FILES) {
          Path from = tokenizer.get().resolve(name);
          if (Files.exists(from)) {
            Files.copy(from, temporary.resolve(name));
          }
        }
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be saved to " + target, e);
    }
  }

  private static void writeJson(Path file, JsonNode node) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }

  private static JsonNode json(Path file) {
    if (!Files.exists(file)) {
      throw new ModelFormatException(file + " does not exist");
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
