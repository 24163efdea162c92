package io.amalgam.policy.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weights of a model directory: {@code model.safetensors}, or shards that {@code
 * model.safetensors.index.json} names. As in transformers, the single file goes first.
 *
 * @param tensors name to tensor, mapped into memory
 * @param files name to the file that holds the tensor
 * @param source the single file, or the index
 */
record WeightFiles(SortedMap<String, HostTensor> tensors, Map<String, Path> files, Path source) {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * Maps the tensors of a directory; values are not looked at yet.
   *
   * @throws ModelFormatException naming file, tensor and reason if they cannot be used
   */
  static WeightFiles read(Path directory) {
    Path single = directory.resolve(SINGLE);
    Path index = directory.resolve(INDEX);
    if (Files.exists(single)) {
      SortedMap<String, HostTensor> tensors = Safetensors.read(single);
      Map<String, Path> files = new TreeMap<>();
      tensors.keySet().forEach(name -> files.put(name, single));
      return new WeightFiles(tensors, files, single);
    }
    if (!Files.exists(index)) {
      throw new ModelFormatException(
          directory
              + " holds neither "
              + SINGLE
              + " nor "
              + INDEX
              + " – give a directory with weights in the safetensors format");
    }
    return sharded(directory, index);
  }

  private static WeightFiles sharded(Path directory, Path index) {
    Map<String, String> map = weightMap(index);
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    Map<String, Path> files = new TreeMap<>();
    Set<String> shards = new LinkedHashSet<>(map.values());
    for (String shard : shards) {
      if (!Files.exists(directory.resolve(shard))) {
        throw new ModelFormatException(
            index + " names " + shard + ", which is not there – fetch the missing file");
      }
    }
    for (String shard : shards) {
      Path file = directory.resolve(shard);
      for (Map.Entry<String, HostTensor> e : Safetensors.read(file).entrySet()) {
        String name = e.getKey();
        Path other = files.put(name, file);
        if (other != null) {
          throw new ModelFormatException(
              file + ": tensor " + name + " is in " + other.getFileName() + " too");
        }
        String wanted = map.getOrDefault(name, shard);
        if (!wanted.equals(shard)) {
          throw new ModelFormatException(
              file + ": tensor " + name + " should be in " + wanted + " according to " + INDEX);
        }
        tensors.put(name, e.getValue());
      }
    }
    for (Map.Entry<String, String> e : map.entrySet()) {
      if (!tensors.containsKey(e.getKey())) {
        throw new ModelFormatException(
            directory.resolve(e.getValue())
                + " lacks tensor "
                + e.getKey()
                + ", which "
                + INDEX
                + " says it holds");
      }
    }
    return new WeightFiles(tensors, files, index);
  }

  private static Map<String, String> weightMap(Path index) {
    JsonNode map;
    try {
      map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(index + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(index + " cannot be read", e);
    }
    if (!map.isObject() || map.isEmpty()) {
      throw new ModelFormatException(index + " has no weight_map from tensors to files");
    }
    Map<String, String> out = new TreeMap<>();
    for (Map.Entry<String, JsonNode> e : map.properties()) {
      String file = e.getValue().asText();
      if (!e.getValue().isTextual() || file.isEmpty()) {
        throw new ModelFormatException(index + ": tensor " + e.getKey() + " has no file name");
      }
      // a name with a folder in it could lead out of the directory
      if (file.contains("/") || file.contains("\\") || file.contains("\0") || file.equals("..")) {
        throw new ModelFormatException(
            index + ": tensor " + e.getKey() + " is in " + file + ", outside of the directory");
      }
      out.put(e.getKey(), file);
    }
    return out;
  }

  /** Whether the configuration ties the head, and the files hold one that is not the embedding. */
  boolean hasOtherHead(ModelConfig config) {
    HostTensor head = tensors.get(ParameterLayout.HEAD);
    HostTensor embedding = tensors.get(ParameterLayout.EMBEDDING);
    return config.tiedHead()
        && head != null
        && embedding != null
        && !head.hasSameElements(embedding);
  }

  /**
   * The tensors that the configuration asks for, all finite; others are an error, except those that
   * can be computed from them.
   */
  ModelWeights select(ModelConfig config) {
    SortedMap<String, HostTensor> out = new TreeMap<>();
    for (Map.Entry<String, long[]> e : ParameterLayout.of(config).entrySet()) {
      HostTensor t = tensors.get(e.getKey());
      if (t == null && config.tiedHead() && e.getKey().equals(ParameterLayout.EMBEDDING)) {
        t = tensors.get(ParameterLayout.HEAD);
      }
      if (t == null) {
        throw new ModelFormatException(
            source + " lacks tensor " + e.getKey() + ", which config.json asks for");
      }
      requireShape(e.getKey(), t, e.getValue());
      out.put(e.getKey(), t);
    }
    for (String name : tensors.keySet()) {
      boolean derived =
          name.endsWith("rotary_emb.inv_freq")
              || (config.tiedHead() && name.equals(ParameterLayout.HEAD));
      if (!out.containsKey(name) && !derived) {
        throw new ModelFormatException(
            file(name)
                + ": tensor "
                + name
                + " has no place in "
                + config.family().architecture()
                + " with this config.json");
      }
    }
    Safetensors.requireFinite(out, this::file);
    return new ModelWeights(out);
  }

  private void requireShape(String name, HostTensor t, long[] wanted) {
    if (!Arrays.equals(t.shape(), wanted)) {
      String why =
          name.equals(ParameterLayout.EMBEDDING) || name.equals(ParameterLayout.HEAD)
              ? " (vocab_size, hidden_size)"
              : "";
      throw new ModelFormatException(
          file(name)
              + ": tensor "
              + name
              + " has shape "
              + Arrays.toString(t.shape())
              + ", config.json wants "
              + Arrays.toString(wanted)
              + why);
    }
    if (t.dtype() == DType.I64) {
      throw new ModelFormatException(file(name) + ": tensor " + name + " holds integers");
    }
  }

  private Path file(String name) {
    return Optional.ofNullable(files.get(name)).orElse(source);
  }
}
