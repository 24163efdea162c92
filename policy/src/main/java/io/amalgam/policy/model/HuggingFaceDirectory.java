package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model directory as Hugging Face libraries write it: {@code config.json}, weights in one
 * safetensors file or in shards with an index, {@code generation_config.json}, tokenizer files.
 *
 * @param path the directory
 * @param config shape of the model; its head is tied where the configuration says so and the files
 *     hold no other, as in transformers 5
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
    WeightFiles files = WeightFiles.read(path);
    ModelConfig stored = files.hasOtherHead(config) ? config.untied() : config;
    return new HuggingFaceDirectory(
        path, stored, files.select(stored), ends.isEmpty() ? config.eosTokens() : ends);
  }

  private static List<Integer> generationEnds(Path file, ModelConfig config) {
    if (!Files.exists(file)) {
      return List.of();
    }
    JsonNode root = ModelJson.read(file);
    return named(file, () -> ConfigJson.endTokens(root, config.vocabSize()));
  }

  /** Reads a {@code config.json}. */
  public static ModelConfig readConfig(Path file) {
    JsonNode root = ModelJson.read(file);
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
   * Writes a directory that Hugging Face libraries load, in shards where it has more than 5 GB of
   * weights. It appears complete or not at all.
   *
   * @param target the directory, which must not exist
   * @param weights F32 or BF16, stored as they are
   * @param endTokens ids that end a text
   * @param source a directory whose tokenizer files are copied and whose settings for generation
   *     are kept, if any
   */
  public static void save(
      Path target,
      ModelConfig config,
      ModelWeights weights,
      List<Integer> endTokens,
      Optional<Path> source) {
    save(target, config, weights, endTokens, source, ShardedWeights.MAX_SHARD);
  }

  /** The same with another size of shards in bytes. */
  static void save(
      Path target,
      ModelConfig config,
      ModelWeights weights,
      List<Integer> endTokens,
      Optional<Path> source,
      long maxShard) {
    DType dtype = weights.get(ParameterLayout.EMBEDDING).dtype();
    try {
      WholeDirectory.write(
          target,
          directory -> {
            writeJson(directory.resolve(CONFIG), ConfigWriter.write(config, dtype));
            writeJson(directory.resolve(GENERATION_CONFIG), generation(config, endTokens, source));
            ShardedWeights.write(directory, weights.tensors(), maxShard);
            for (String name : source.isPresent() ? TOKENIZER_FILES : List.<String>of()) {
              Path from = source.orElseThrow().resolve(name);
              if (Files.exists(from)) {
                Files.copy(from, directory.resolve(name));
              }
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be saved to " + target, e);
    }
  }

  /** What the source says about sampling stays; the ids are those of the model that is saved. */
  private static ObjectNode generation(
      ModelConfig config, List<Integer> endTokens, Optional<Path> source) {
    ObjectNode generation =
        source
            .map(s -> s.resolve(GENERATION_CONFIG))
            .filter(Files::exists)
            .map(ModelJson::read)
            .filter(JsonNode::isObject)
            .map(n -> (ObjectNode) n.deepCopy())
            .orElseGet(JSON::createObjectNode);
    config.bosToken().ifPresent(v -> generation.put("bos_token_id", v));
    ConfigWriter.writeIds(generation, "eos_token_id", endTokens);
    config.padToken().ifPresent(v -> generation.put("pad_token_id", v));
    return generation;
  }

  private static void writeJson(Path file, JsonNode node) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }
}
